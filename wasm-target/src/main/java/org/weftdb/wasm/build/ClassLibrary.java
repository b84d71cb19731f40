package org.weftdb.wasm.build;

import org.teavm.model.ClassHierarchy;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.ValueType;
import org.teavm.model.emit.ProgramEmitter;
import org.teavm.model.emit.ValueEmitter;
import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/**
 * Replaces what TeaVM's class library brings into the module for nothing, because any object might
 * be asked for its text.
 *
 * <ul>
 *   <li>The text of a double is {@code org.weftdb.value.Numbers.toText}, which is in the module
 *       anyway and, unlike TeaVM's, exact. TeaVM's has a table of 660 powers of ten, 8 KB of gzip.
 *   <li>The text of an object whose class has none of its own is {@code object}. With the name of
 *       its class, the module would have the names of all those classes.
 * </ul>
 *
 * TeaVM finds this class by {@code META-INF/services}.
 */
public final class ClassLibrary implements TeaVMPlugin, ClassHolderTransformer {
  private static final String BUILDER = "java.lang.AbstractStringBuilder";
  private static final ValueType STRING = ValueType.object("java.lang.String");
  private static final MethodDescriptor TO_STRING = new MethodDescriptor("toString", STRING);
  private static final MethodDescriptor INSERT_DOUBLE =
      new MethodDescriptor(
          "insert", ValueType.INTEGER, ValueType.DOUBLE, ValueType.object(BUILDER));

  @Override
  public void install(TeaVMHost host) {
    host.add(this);
  }

  @Override
  public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
    ClassHierarchy hierarchy = context.getHierarchy();
    switch (type.getName()) {
      case BUILDER -> insertTextOfDouble(type, methodOf(type, INSERT_DOUBLE), hierarchy);
      case "java.lang.Object" -> {
        ProgramEmitter code = ProgramEmitter.create(methodOf(type, TO_STRING), hierarchy);
        code.constant("object").returnValue();
      }
      default -> {}
    }
  }

  /** {@code return insert(index, Numbers.toText(value))}; what TeaVM appends it inserts. */
  private static void insertTextOfDouble(
      ClassHolder builder, MethodHolder insert, ClassHierarchy hierarchy) {
    ProgramEmitter code = ProgramEmitter.create(insert, hierarchy);
    ValueEmitter self = code.var(0, builder);
    ValueEmitter index = code.var(1, ValueType.INTEGER);
    ValueEmitter value = code.var(2, ValueType.DOUBLE);
    ValueEmitter text = code.invoke("org.weftdb.value.Numbers", "toText", STRING, value);
    self.invokeVirtual("insert", ValueType.object(BUILDER), index, text).returnValue();
  }

  private static MethodHolder methodOf(ClassHolder type, MethodDescriptor descriptor) {
    MethodHolder method = type.getMethod(descriptor);
    if (method == null) {
      throw new IllegalStateException(type.getName() + " of TeaVM has no method " + descriptor);
    }
    return method;
  }
}
