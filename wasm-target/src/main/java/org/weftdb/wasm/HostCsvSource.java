package org.weftdb.wasm;

import org.teavm.interop.Import;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.csv.CsvInput;
import org.weftdb.csv.CsvSource;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * The tables that the host's {@code loadCsv} gives.
 *
 * <p>Names and bytes stand at the front of the window. The core cannot wait for a promise; it stops
 * the query then, and the host runs it again when the table has come.
 */
final class HostCsvSource implements CsvSource {
  /** What the host answers instead of a handle when it was given nothing to load from. */
  private static final int NOTHING_GIVEN = -1;

  /** The table will come. */
  private static final int PENDING = -2;

  private final Window window;

  HostCsvSource(Window window) {
    this.window = window;
  }

  @Override
  public CsvInput open(String url) {
    ByteWriter name = new ByteWriter();
    name.writeString(url);
    window.reserve(name.position());
    window.put(0, name.array(), 0, name.position());
    int handle = csvOpen(window.address(), name.position());
    if (handle >= 0) {
      return new Table(url, handle);
    } else if (handle == NOTHING_GIVEN) {
      return NONE.open(url);
    } else if (handle == PENDING) {
      throw new WeftException(ErrorCode.CSV_PENDING, "'" + url + "' has not come yet");
    }
    throw new WeftException(ErrorCode.CSV_UNAVAILABLE, "'" + url + "' cannot be loaded");
  }

  private final class Table implements CsvInput {
    private final String url;
    private final int handle;

    Table(String url, int handle) {
      this.url = url;
      this.handle = handle;
    }

    @Override
    public String name() {
      return url;
    }

    @Override
    public int read(byte[] target) {
      window.reserve(target.length);
      int count = csvRead(handle, window.address(), target.length);
      window.get(0, target, 0, count);
      return count == 0 ? -1 : count;
    }

    @Override
    public void close() {
      csvClose(handle);
    }
  }

  /**
   * @return a handle from 0 on, {@link #NOTHING_GIVEN}, {@link #PENDING}, or another negative
   *     number when it cannot be had
   */
  @Import(module = "weft", name = "csvOpen")
  private static native int csvOpen(int address, int length);

  /**
   * @return how many bytes were put at the address; 0 at the end
   */
  @Import(module = "weft", name = "csvRead")
  private static native int csvRead(int handle, int address, int capacity);

  @Import(module = "weft", name = "csvClose")
  private static native void csvClose(int handle);
}
