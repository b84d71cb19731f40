package org.weftdb.graph;

/** The bytes of primitive changes. */
final class ChangeCodec {
  private ChangeCodec() {}
}
