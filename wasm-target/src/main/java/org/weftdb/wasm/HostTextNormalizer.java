package org.weftdb.wasm;

import org.teavm.interop.Import;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.TextNormalizer;

/**
 * The normalization of Unicode that the host's strings have.
 *
 * <p>The text stands at the front of the window, as a string of {@link ByteWriter}, while the host
 * is asked, which puts its answer into its place.
 */
final class HostTextNormalizer implements TextNormalizer {
  private static final Form[] FORMS = Form.values();

  private final Window window;

  HostTextNormalizer(Window window) {
    this.window = window;
  }

  @Override
  public String normalize(String text, Form form) {
    ByteWriter request = new ByteWriter();
    request.writeString(text);
    // No character takes more than 11 times its bytes in any form (Unicode's FAQ of normalization).
    long capacity = 11L * request.position() + 16;
    if (capacity > Window.MAX_CAPACITY_BYTES) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "normalize() of a string of more than " + Window.MAX_CAPACITY_BYTES / 11 + " bytes");
    }
    window.reserve(capacity);
    window.put(0, request.array(), 0, request.position());
    int index = 0;
    while (FORMS[index] != form) {
      index++;
    }
    int length = normalizeText(window.address(), request.position(), index);
    byte[] answer = new byte[length];
    window.get(0, answer, 0, length);
    return new ByteReader(answer).readString();
  }

  /**
   * @return how many bytes of the window the answer has
   */
  @Import(module = "weft", name = "normalizeText")
  private static native int normalizeText(int address, int length, int form);
}
