package org.weftdb.engine;

import org.weftdb.bytes.Utf8;
import org.weftdb.csv.CsvInput;

/** A table whose text is what the query names. */
final class SimulatedTable implements CsvInput {
  private final byte[] bytes;
  private int at;

  SimulatedTable(String text) {
    this.bytes = Utf8.encode(text);
  }

  @Override
  public String name() {
    return "table";
  }

  @Override
  public int read(byte[] target) {
    int count = Math.min(target.length, bytes.length - at);
    System.arraycopy(bytes, at, target, 0, count);
    at += count;
    return count == 0 ? -1 : count;
  }

  @Override
  public void close() {}
}
