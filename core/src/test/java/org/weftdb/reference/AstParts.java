package org.weftdb.reference;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.ast.AstNode;

/** The parts of nodes of the syntax tree, whatever their class: all of them are records. */
final class AstParts {
  private AstParts() {}

  /** The nodes directly below. */
  static List<AstNode> children(Object node) {
    List<AstNode> children = new ArrayList<>();
    for (Object component : components(node)) {
      if (component instanceof AstNode child) {
        children.add(child);
      } else if (component instanceof List<?> list) {
        for (Object element : list) {
          if (element instanceof AstNode child) {
            children.add(child);
          } else if (element instanceof Record record) {
            children.addAll(children(record));
          }
        }
      } else if (component instanceof Record record) {
        children.addAll(children(record));
      }
    }
    return children;
  }

  /** What the record holds, in the order of its declaration. */
  static @Nullable Object[] components(Object record) {
    if (!(record instanceof Record)) {
      return new @Nullable Object[0];
    }
    RecordComponent[] components = record.getClass().getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    try {
      for (int i = 0; i < values.length; i++) {
        components[i].getAccessor().setAccessible(true);
        values[i] = components[i].getAccessor().invoke(record);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return values;
  }

  /** The same record with other components, or null when it refuses them. */
  static @Nullable Object remade(Object record, @Nullable Object[] components) {
    RecordComponent[] declared = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[declared.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = declared[i].getType();
    }
    try {
      var constructor = record.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(components);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return null;
    }
  }
}
