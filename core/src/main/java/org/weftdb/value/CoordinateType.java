package org.weftdb.value;

import org.jspecify.annotations.Nullable;

/**
 * What the coordinates of a {@link VectorValue} are, in the order in which vectors are sorted by
 * it.
 *
 * <p>The code of a type is written to files and never changes.
 */
public enum CoordinateType {
  INTEGER8(1, "INTEGER8", 1, false),
  INTEGER16(2, "INTEGER16", 2, false),
  INTEGER32(3, "INTEGER32", 4, false),
  INTEGER64(4, "INTEGER", 8, false),
  FLOAT32(5, "FLOAT32", 4, true),
  FLOAT64(6, "FLOAT", 8, true);

  private static final String NOT_NULL = " NOT NULL";

  private final int code;
  private final String text;
  private final int sizeBytes;
  private final boolean isFloat;

  CoordinateType(int code, String text, int sizeBytes, boolean isFloat) {
    this.code = code;
    this.text = text;
    this.sizeBytes = sizeBytes;
    this.isFloat = isFloat;
  }

  /** The number that stands for the type in files. */
  public int code() {
    return code;
  }

  /** As Cypher writes it: {@code INTEGER8}, {@code FLOAT}. */
  public String text() {
    return text;
  }

  /** How many bytes a coordinate takes. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** Whether coordinates are floats and not integers. */
  public boolean isFloat() {
    return isFloat;
  }

  /** The least coordinate of an integer type. */
  public long least() {
    return -1L << 8 * sizeBytes - 1;
  }

  /** The greatest coordinate of an integer type. */
  public long greatest() {
    return ~least();
  }

  /** The type of a code, or null. */
  static @Nullable CoordinateType ofCode(int code) {
    for (CoordinateType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }

  /**
   * The type of a name or of another name of it: {@code INT8}, {@code FLOAT64}, {@code signed
   * integer}, {@code FLOAT32 NOT NULL}; in any case, words with spaces between them.
   *
   * @return null for what is no name
   */
  public static @Nullable CoordinateType ofText(String name) {
    StringBuilder words = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (!space) {
        words.append(c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
      } else if (words.length() > 0 && words.charAt(words.length() - 1) != ' ') {
        words.append(' ');
      }
    }
    String text = words.toString().trim();
    if (text.endsWith(NOT_NULL)) {
      text = text.substring(0, text.length() - NOT_NULL.length());
    }
    return switch (text) {
      case "INTEGER8", "INT8" -> INTEGER8;
      case "INTEGER16", "INT16" -> INTEGER16;
      case "INTEGER32", "INT32" -> INTEGER32;
      case "INTEGER", "INT", "INTEGER64", "INT64", "SIGNED INTEGER" -> INTEGER64;
      case "FLOAT32" -> FLOAT32;
      case "FLOAT", "FLOAT64" -> FLOAT64;
      default -> null;
    };
  }
}
