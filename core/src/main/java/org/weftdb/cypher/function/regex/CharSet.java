package org.weftdb.cypher.function.regex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of code points. */
@FunctionalInterface
interface CharSet {
  CharSet DIGIT = range('0', '9');
  CharSet LOWER = range('a', 'z');
  CharSet UPPER = range('A', 'Z');
  CharSet ALPHA = LOWER.or(UPPER);
  CharSet WORD = ALPHA.or(DIGIT).or(single('_'));
  CharSet SPACE = single(' ').or(range(0x09, 0x0D));
  CharSet HORIZONTAL_SPACE =
      c ->
          c == ' '
              || c == '\t'
              || c == 0xA0
              || c == 0x1680
              || c == 0x180E
              || (c >= 0x2000 && c <= 0x200A)
              || c == 0x202F
              || c == 0x205F
              || c == 0x3000;
  CharSet VERTICAL_SPACE = c -> (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;

  boolean contains(int c);

  static CharSet single(int c) {
    return other -> other == c;
  }

  /** All from first to last, both included. */
  static CharSet range(int first, int last) {
    return c -> c >= first && c <= last;
  }

  default CharSet or(CharSet other) {
    return c -> contains(c) || other.contains(c);
  }

  default CharSet and(CharSet other) {
    return c -> contains(c) && other.contains(c);
  }

  default CharSet not() {
    return c -> !contains(c);
  }

  /** What is in one of the sets; flat, because a nested union of many would exhaust the stack. */
  static CharSet anyOf(List<CharSet> sets) {
    if (sets.size() == 1) {
      return sets.get(0);
    }
    CharSet[] all = sets.toArray(new CharSet[0]);
    return c -> {
      for (CharSet set : all) {
        if (set.contains(c)) {
          return true;
        }
      }
      return false;
    };
  }

  /** What is in every one of the sets. */
  static CharSet allOf(List<CharSet> sets) {
    if (sets.size() == 1) {
      return sets.get(0);
    }
    CharSet[] all = sets.toArray(new CharSet[0]);
    return c -> {
      for (CharSet set : all) {
        if (!set.contains(c)) {
          return false;
        }
      }
      return true;
    };
  }

  /** The set with the other letter cases of what it has; of ASCII letters only unless Unicode. */
  default CharSet ignoringCase(boolean unicode) {
    return c -> {
      if (contains(c)) {
        return true;
      }
      if (c < 0x80) {
        if (ALPHA.contains(c) && contains(c ^ 0x20)) {
          return true;
        }
        if (!unicode) {
          return false;
        }
      } else if (!unicode) {
        return false;
      }
      int upper = Character.toUpperCase(c);
      return contains(upper) || contains(Character.toLowerCase(upper));
    };
  }

  /** The set that a name in {@code \p{…}} stands for, or null when it is not known. */
  static @Nullable CharSet named(String name) {
    CharSet property = property(name);
    if (property != null) {
      return property;
    }
    String category = name;
    if (name.startsWith("Is")) {
      category = name.substring(2);
    } else if (name.startsWith("gc=")) {
      category = name.substring(3);
    } else if (name.startsWith("general_category=")) {
      category = name.substring("general_category=".length());
    }
    if (category.equals("L1")) {
      return range(0, 0xFF);
    }
    int mask = categoryMask(category);
    return mask == 0 ? null : c -> (1 << Character.getType(c) & mask) != 0;
  }

  private static @Nullable CharSet property(String name) {
    return switch (name) {
      case "Lower" -> LOWER;
      case "Upper" -> UPPER;
      case "ASCII" -> range(0, 0x7F);
      case "Alpha" -> ALPHA;
      case "Digit" -> DIGIT;
      case "Alnum" -> ALPHA.or(DIGIT);
      case "Punct" -> range('!', '/').or(range(':', '@')).or(range('[', '`')).or(range('{', '~'));
      case "Graph" -> range('!', '~');
      case "Print" -> range(' ', '~');
      case "Blank" -> c -> c == ' ' || c == '\t';
      case "Cntrl" -> c -> c < 0x20 || c == 0x7F;
      case "XDigit" -> DIGIT.or(range('a', 'f')).or(range('A', 'F'));
      case "Space" -> SPACE;
      case "javaLowerCase", "IsLowercase" -> Character::isLowerCase;
      case "javaUpperCase", "IsUppercase" -> Character::isUpperCase;
      case "javaTitleCase", "IsTitlecase" -> Character::isTitleCase;
      case "javaLetter", "IsLetter" -> Character::isLetter;
      case "javaDigit", "IsDigit" -> Character::isDigit;
      case "javaLetterOrDigit" -> Character::isLetterOrDigit;
      case "javaWhitespace" -> Character::isWhitespace;
      case "javaSpaceChar" -> Character::isSpaceChar;
      case "javaAlphabetic", "IsAlphabetic" -> CharSet::isAlphabetic;
      case "IsPunctuation" -> named("P");
      case "IsWhite_Space" -> HORIZONTAL_SPACE.and(single(0x180E).not()).or(VERTICAL_SPACE);
      default -> null;
    };
  }

  private static boolean isAlphabetic(int c) {
    return Character.isAlphabetic(c);
  }

  /** One bit for each value of {@link Character#getType} in a general category. */
  private static int categoryMask(String name) {
    return switch (name) {
      case "Lu" -> 1 << Character.UPPERCASE_LETTER;
      case "Ll" -> 1 << Character.LOWERCASE_LETTER;
      case "Lt" -> 1 << Character.TITLECASE_LETTER;
      case "LC" -> categoryMask("Lu") | categoryMask("Ll") | categoryMask("Lt");
      case "Lm" -> 1 << Character.MODIFIER_LETTER;
      case "Lo" -> 1 << Character.OTHER_LETTER;
      case "L" -> categoryMask("LC") | categoryMask("Lm") | categoryMask("Lo");
      case "Mn" -> 1 << Character.NON_SPACING_MARK;
      case "Mc" -> 1 << Character.COMBINING_SPACING_MARK;
      case "Me" -> 1 << Character.ENCLOSING_MARK;
      case "M" -> categoryMask("Mn") | categoryMask("Mc") | categoryMask("Me");
      case "Nd" -> 1 << Character.DECIMAL_DIGIT_NUMBER;
      case "Nl" -> 1 << Character.LETTER_NUMBER;
      case "No" -> 1 << Character.OTHER_NUMBER;
      case "N" -> categoryMask("Nd") | categoryMask("Nl") | categoryMask("No");
      case "Pc" -> 1 << Character.CONNECTOR_PUNCTUATION;
      case "Pd" -> 1 << Character.DASH_PUNCTUATION;
      case "Ps" -> 1 << Character.START_PUNCTUATION;
      case "Pe" -> 1 << Character.END_PUNCTUATION;
      case "Pi" -> 1 << Character.INITIAL_QUOTE_PUNCTUATION;
      case "Pf" -> 1 << Character.FINAL_QUOTE_PUNCTUATION;
      case "Po" -> 1 << Character.OTHER_PUNCTUATION;
      case "P" ->
          categoryMask("Pc")
              | categoryMask("Pd")
              | categoryMask("Ps")
              | categoryMask("Pe")
              | categoryMask("Pi")
              | categoryMask("Pf")
              | categoryMask("Po");
      case "Sm" -> 1 << Character.MATH_SYMBOL;
      case "Sc" -> 1 << Character.CURRENCY_SYMBOL;
      case "Sk" -> 1 << Character.MODIFIER_SYMBOL;
      case "So" -> 1 << Character.OTHER_SYMBOL;
      case "S" -> categoryMask("Sm") | categoryMask("Sc") | categoryMask("Sk") | categoryMask("So");
      case "Zs" -> 1 << Character.SPACE_SEPARATOR;
      case "Zl" -> 1 << Character.LINE_SEPARATOR;
      case "Zp" -> 1 << Character.PARAGRAPH_SEPARATOR;
      case "Z" -> categoryMask("Zs") | categoryMask("Zl") | categoryMask("Zp");
      case "Cc" -> 1 << Character.CONTROL;
      case "Cf" -> 1 << Character.FORMAT;
      case "Co" -> 1 << Character.PRIVATE_USE;
      case "Cs" -> 1 << Character.SURROGATE;
      case "Cn" -> 1 << Character.UNASSIGNED;
      case "C" ->
          categoryMask("Cc")
              | categoryMask("Cf")
              | categoryMask("Co")
              | categoryMask("Cs")
              | categoryMask("Cn");
      default -> 0;
    };
  }
}
