package org.weftdb.graph;

/**
 * The names of labels, relationship types and property keys, numbered from 0 each in the order of
 * their creation. A name once used stays, even when nothing uses it any more.
 *
 * <p>The catalog of a transaction shows the names that the transaction has created so far.
 */
public final class Catalog {
  Catalog() {}

  /** The id of a label, or -1. */
  public int labelId(String name) {
    throw new UnsupportedOperationException();
  }

  /** The id of a relationship type, or -1. */
  public int typeId(String name) {
    throw new UnsupportedOperationException();
  }

  /** The id of a property key, or -1. */
  public int keyId(String name) {
    throw new UnsupportedOperationException();
  }

  /** The name of a label. */
  public String labelName(int label) {
    throw new UnsupportedOperationException();
  }

  /** The name of a relationship type. */
  public String typeName(int type) {
    throw new UnsupportedOperationException();
  }

  /** The name of a property key. */
  public String keyName(int key) {
    throw new UnsupportedOperationException();
  }

  /** The number of labels; their ids are below it. */
  public int labelCount() {
    throw new UnsupportedOperationException();
  }

  /** The number of relationship types; their ids are below it. */
  public int typeCount() {
    throw new UnsupportedOperationException();
  }

  /** The number of property keys; their ids are below it. */
  public int keyCount() {
    throw new UnsupportedOperationException();
  }
}
