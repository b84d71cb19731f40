package org.weftdb.graph;

/**
 * A part of what can be seen of a graph, as far as it is told whether a commit has changed it and
 * whether a query looks at it.
 *
 * <p>Of nodes and relationships that a commit creates or deletes only their being there counts: who
 * sees their properties has found them first. Where there is no label or type, all are meant; who
 * sees less than all also says so, so that a change is always of the narrow and of the wide facet.
 *
 * @param text such as {@code property:Person.name}; in names a backslash stands before a backslash,
 *     a colon and a dot
 */
public record Facet(String text) implements Comparable<Facet> {
  /** Whatever a commit can change. */
  public static final Facet ANYTHING = new Facet("anything");

  /** Which indexes and constraints there are. */
  public static final Facet SCHEMA = new Facet("schema");

  /** Which nodes there are. */
  public static final Facet NODES = new Facet("node");

  /** Which labels some node has. */
  public static final Facet LABELS = new Facet("label");

  /** Which relationships there are. */
  public static final Facet RELATIONSHIPS = new Facet("relationship");

  /** The properties of nodes. */
  public static final Facet NODE_PROPERTIES = new Facet("property");

  /** The properties of relationships. */
  public static final Facet RELATIONSHIP_PROPERTIES = new Facet("relationshipProperty");

  /** Which nodes have a label. */
  public static Facet nodesOf(String label) {
    return new Facet("node:" + escaped(label));
  }

  /** What other labels the nodes of a label have. */
  public static Facet labelsOf(String label) {
    return new Facet("label:" + escaped(label));
  }

  /** Which relationships of a type there are. */
  public static Facet relationshipsOf(String type) {
    return new Facet("relationship:" + escaped(type));
  }

  /** A property of any nodes, or of any relationships. */
  public static Facet property(boolean ofNodes, String key) {
    return new Facet(properties(ofNodes).text + '.' + escaped(key));
  }

  /** All properties of the nodes of a label, or of the relationships of a type. */
  public static Facet propertiesOf(boolean ofNodes, String labelOrType) {
    return new Facet(properties(ofNodes).text + ':' + escaped(labelOrType));
  }

  /** A property of the nodes of a label, or of the relationships of a type. */
  public static Facet propertyOf(boolean ofNodes, String labelOrType, String key) {
    return new Facet(propertiesOf(ofNodes, labelOrType).text + '.' + escaped(key));
  }

  /** All properties of nodes, or of relationships. */
  public static Facet properties(boolean ofNodes) {
    return ofNodes ? NODE_PROPERTIES : RELATIONSHIP_PROPERTIES;
  }

  private static String escaped(String name) {
    StringBuilder escaped = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' || c == ':' || c == '.') {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  @Override
  public int compareTo(Facet other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
