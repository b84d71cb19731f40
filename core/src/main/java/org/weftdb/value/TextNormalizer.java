package org.weftdb.value;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * Unicode normalization, which comes from outside: from the JDK, or from JavaScript's strings. For
 * any thread. Normalizers of different releases of Unicode may differ in characters that one of
 * them does not know.
 */
@FunctionalInterface
public interface TextNormalizer {
  /** The normalization forms of Unicode (UAX #15). */
  enum Form {
    NFC,
    NFD,
    NFKC,
    NFKD
  }

  /** Knows ASCII only, which is the same in every form. */
  TextNormalizer NONE =
      (text, form) -> {
        throw new WeftException(
            ErrorCode.NOT_SUPPORTED,
            "normalization: this database was opened without a normalizer of Unicode");
      };

  /** The text in a form; it has a character beyond ASCII. */
  String normalize(String text, Form form);
}
