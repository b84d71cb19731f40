package org.weftdb.graph;

/**
 * The names of labels, relationship types and property keys, numbered from 0 each in the order of
 * their creation. A name once used stays, even when nothing uses it any more.
 *
 * <p>The catalog of a snapshot is immutable. That of a transaction shows the names created so far
 * until the transaction's next savepoint or return to one: ask for it again after writes.
 */
public final class Catalog {
  private NameTable labels;
  private NameTable types;
  private NameTable keys;

  Catalog() {
    this(new NameTable(), new NameTable(), new NameTable());
  }

  private Catalog(NameTable labels, NameTable types, NameTable keys) {
    this.labels = labels;
    this.types = types;
    this.keys = keys;
  }

  /** A catalog with the same names, to be written to while this one stays. */
  Catalog copy() {
    return new Catalog(labels, types, keys);
  }

  void freeze() {
    labels.freeze();
    types.freeze();
    keys.freeze();
  }

  /** The bytes of its names. */
  long sizeBytes() {
    return labels.sizeBytes() + types.sizeBytes() + keys.sizeBytes();
  }

  int addLabel(String name) {
    labels = labels.edit();
    return labels.add(name);
  }

  int addType(String name) {
    types = types.edit();
    return types.add(name);
  }

  int addKey(String name) {
    keys = keys.edit();
    return keys.add(name);
  }

  /** The id of a label, or -1. */
  public int labelId(String name) {
    return labels.find(name);
  }

  /** The id of a relationship type, or -1. */
  public int typeId(String name) {
    return types.find(name);
  }

  /** The id of a property key, or -1. */
  public int keyId(String name) {
    return keys.find(name);
  }

  /** The name of a label. */
  public String labelName(int label) {
    return labels.name(label);
  }

  /** The name of a relationship type. */
  public String typeName(int type) {
    return types.name(type);
  }

  /** The name of a property key. */
  public String keyName(int key) {
    return keys.name(key);
  }

  /** The number of labels; their ids are below it. */
  public int labelCount() {
    return labels.count();
  }

  /** The number of relationship types; their ids are below it. */
  public int typeCount() {
    return types.count();
  }

  /** The number of property keys; their ids are below it. */
  public int keyCount() {
    return keys.count();
  }
}
