package org.weftdb.storage;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * What a file may be called: 1 to 100 of the characters {@code a-z 0-9 - _ .}, the first a letter
 * or a digit. That is legal, and distinct from every other, on every file system and object store.
 */
public final class FileNames {
  /** The most characters of a name. */
  public static final int MAX_LENGTH = 100;

  private FileNames() {}

  /** Whether a name may be used. */
  public static boolean isValid(String name) {
    int length = name.length();
    if (length == 0 || length > MAX_LENGTH || !isAlphanumeric(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char unit = name.charAt(i);
      if (!isAlphanumeric(unit) && unit != '-' && unit != '_' && unit != '.') {
        return false;
      }
    }
    return true;
  }

  /** Returns the name, or throws {@link ErrorCode#INVALID_USE} when it may not be used. */
  public static String checked(String name) {
    if (!isValid(name)) {
      throw new WeftException(ErrorCode.INVALID_USE, "'" + name + "' is not a valid file name");
    }
    return name;
  }

  private static boolean isAlphanumeric(char unit) {
    return unit >= 'a' && unit <= 'z' || unit >= '0' && unit <= '9';
  }

  /** 16 lower-case hexadecimal digits, so that names sort as the numbers in them do. */
  public static String hexadecimal(long number) {
    char[] digits = new char[16];
    for (int i = 0; i < 16; i++) {
      digits[i] = "0123456789abcdef".charAt((int) (number >>> 60 - 4 * i) & 15);
    }
    return new String(digits);
  }

  /** 8 lower-case hexadecimal digits, as messages show checksums. */
  public static String hexadecimal(int number) {
    return hexadecimal(number & 0xFFFFFFFFL).substring(8);
  }

  /**
   * The number in a name of the form prefix, {@link #hexadecimal}, suffix; -1 when the name has
   * another form or the number is negative.
   */
  public static long numberIn(String name, String prefix, String suffix) {
    if (name.length() != prefix.length() + 16 + suffix.length()
        || !name.startsWith(prefix)
        || !name.endsWith(suffix)) {
      return -1;
    }
    long number = 0;
    for (int i = prefix.length(); i < prefix.length() + 16; i++) {
      int digit = "0123456789abcdef".indexOf(name.charAt(i));
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number < 0 ? -1 : number;
  }
}
