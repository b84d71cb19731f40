package org.weftdb.cypher.function.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Compares with java.util.regex, whose syntax and meaning this follows. */
class RegexTest {
  private static final String[] TEXTS = {
    "",
    "a",
    "b",
    "ab",
    "ba",
    "abc",
    "aab",
    "A",
    "aB",
    "ABC",
    "a1",
    "1",
    "_",
    " ",
    "a b",
    "\n",
    "a\n",
    "\na",
    "a\nb",
    "a\r\n",
    "\r\n",
    "\r",
    "a\r\nb",
    "\u0085",
    "\u2028",
    "é",
    "É",
    "ß",
    "aé",
    "\uD83D\uDE00",
    "a\uD83D\uDE00b",
    "\t",
    "a\tb",
    ".",
    "\\",
    "]",
    "[",
    "{",
    "}",
    "a{2}",
    "-",
    "^",
    "$",
    "a-b",
    "&",
    "aa",
    "aaa",
    "aaaa",
    "abab",
    "x",
    "\u0130",
    "\u00A0",
    "λ",
    "Λ",
    "5",
    "٣",
    "\u0000",
    "\uD800",
    "a]",
    "#",
    "a#b"
  };

  private static void agreesWithJava(String pattern) {
    Pattern expected = Pattern.compile(pattern);
    Regex actual = Regex.compile(pattern);
    for (String text : TEXTS) {
      assertEquals(
          expected.matcher(text).matches(), actual.matches(text), pattern + " on '" + text + "'");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        ".",
        ".*",
        "(?s).*",
        "(?s).",
        "a|b",
        "a|",
        "|",
        "(a|b)*",
        "(?:ab)+",
        "(?<name>a)b?",
        "a*?",
        "a+?b",
        "a??",
        "a{2}",
        "a{2,}",
        "a{1,3}",
        "a{0}",
        "a{0,1}?b",
        "[abc]+",
        "[^abc]",
        "[a-c]*",
        "[^a-c]*",
        "[]]",
        "[]a]+",
        "[^]]",
        "[a-]*",
        "[-a]*",
        "[a-c&&[b-z]]",
        "[a-z&&[^b]]",
        "[a[bc]]",
        "[\\]\\[]",
        "[\\d\\s]",
        "[^\\d\\s]",
        "\\d",
        "\\D",
        "\\w+",
        "\\W",
        "\\s",
        "\\S",
        "\\h",
        "\\H",
        "\\v",
        "\\V",
        "\\R",
        "\\R*",
        "^a$",
        "a$",
        "a$\\n",
        "^$",
        "(?m)^$",
        "(?m)a$\\n^b",
        "(?m)a$",
        "(?m)^a.*",
        "(?m)^a$(?s).*",
        "\\Aa\\z",
        "a\\Z",
        "a\\Z\\n",
        "(?d).",
        "(?d)a$.*",
        "(?md)^a$.b",
        "(?s)a$.*",
        "(?s).*^a",
        "(?sm).*^a.*",
        "(?sm).*^b.*",
        "(?sm)a$.*",
        "(?s)a\\Z.*",
        "\\ba\\b",
        "\\Bb",
        "a\\Bb",
        "a\\b b",
        "(?i)a",
        "(?i)abc",
        "(?i)[a-b]+",
        "(?i)é",
        "(?iu)é",
        "(?iu)ß",
        "(?iu)λ",
        "(?i)[^a]",
        "(?i:a)B",
        "a(?i)b",
        "(?i)a(?-i)b",
        "(a(?i)b|b)c?",
        "\\Qa{2}\\E",
        "\\Qa",
        "\\Q.\\E*",
        "\\t",
        "\\n",
        "\\x61",
        "\\u0061",
        "\\x{1F600}",
        "\\uD83D\\uDE00",
        "\\0141",
        "\\cA",
        "\\e|\\a|\\f",
        "\\.",
        "\\\\",
        "\\{",
        "\\-",
        "\\p{L}",
        "\\pL+",
        "\\p{Lu}",
        "\\P{Lu}",
        "\\p{IsL}",
        "\\p{gc=Ll}",
        "\\p{Alpha}",
        "\\p{Digit}",
        "\\p{Alnum}+",
        "\\p{Punct}",
        "\\p{Space}",
        "\\p{Upper}",
        "\\p{Lower}",
        "(?i)\\p{Upper}",
        "(?i)\\p{Lu}",
        "\\p{ASCII}*",
        "\\p{javaUpperCase}",
        "\\p{IsAlphabetic}+",
        "\\p{IsDigit}",
        "\\p{IsUppercase}",
        "\\p{IsLetter}",
        "\\p{N}",
        "\\p{Nd}",
        "\\p{Zs}",
        "\\p{Cc}",
        "\\p{P}",
        "\\p{IsPunctuation}",
        "\\p{IsWhite_Space}",
        "\\p{XDigit}",
        "\\p{Graph}",
        "\\p{Print}",
        "\\p{Cntrl}",
        "\\p{Blank}",
        "\\p{L1}",
        "\\p{LC}",
        "\\p{S}",
        "\\p{Sc}",
        "[\\p{L}&&[^a]]",
        "[^\\p{L}]",
        "(?x) a b # c",
        "(?x)[a b]",
        "(?x)a \\ b",
        "(a*)*",
        "(a|a)*b",
        "(a*)+b",
        "((a?){3}){2}",
        "(|a)+",
        "(a|b|ab)*c",
        "}",
        "]",
        "a]",
        "-",
        "&",
        "[&]",
        "[a&b]",
        "\uD83D\uDE00",
        "[\uD83D\uDE00]",
        "a.b",
        "a.?b",
        "[^a]b?",
        "\\x{0}",
        "\\G.",
        "(?i)k",
        "(?iu)[k]",
        "[a-c[x-z]]+",
        "[^a[bc]]"
      })
  void matchesLikeJava(String pattern) {
    agreesWithJava(pattern);
  }

  @Test
  void randomPatternsMatchLikeJava() {
    Prng random = new Prng(11);
    for (int i = 0; i < 20_000; i++) {
      String pattern = randomPattern(random, 4);
      Pattern expected = Pattern.compile(pattern);
      Regex actual = Regex.compile(pattern);
      for (int j = 0; j < 20; j++) {
        String text = randomText(random);
        assertEquals(
            expected.matcher(text).matches(),
            actual.matches(text),
            "pattern " + i + " " + pattern + " on '" + text + "'");
      }
    }
  }

  private static String randomText(Prng random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(8); length > 0; length--) {
      text.append("aabbABc\n\r1 é".charAt(random.nextInt(12)));
    }
    return text.toString();
  }

  private static String randomPattern(Prng random, int depth) {
    switch (depth == 0 ? random.nextInt(8) : random.nextInt(14)) {
      case 0, 1:
        return "a";
      case 2:
        return "b";
      case 3:
        return ".";
      case 4:
        return new String[] {"[ab]", "[^a]", "[a-c&&[^b]]", "[A-Z]", "[^\\n]"}[random.nextInt(5)];
      case 5:
        return new String[] {"\\d", "\\w", "\\s", "\\W", "\\p{L}", "\\R"}[random.nextInt(6)];
      case 6:
        return new String[] {"^", "$", "\\b", "\\B", "\\Z", "\\A", "(?m:^)", "(?m:$)"}
            [random.nextInt(8)];
      case 7:
        return "";
      case 8, 9:
        return randomPattern(random, depth - 1) + randomPattern(random, depth - 1);
      case 10:
        return "(?:"
            + randomPattern(random, depth - 1)
            + "|"
            + randomPattern(random, depth - 1)
            + ")";
      case 11:
        return "(?is:" + randomPattern(random, depth - 1) + ")";
      default:
        // Java's loops give up at an empty turn, even when another turn would match: the body is
        // kept from being empty.
        return "("
            + randomPattern(random, depth - 1)
            + "[aA1b\n])"
            + new String[] {"*", "+", "?", "{2}", "{1,2}", "{0,2}?", "*?"}[random.nextInt(7)];
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "(a",
        "a)",
        "[",
        "[a",
        "[]",
        "*",
        "+a",
        "a**",
        "a{",
        "a{x}",
        "a{2,1}",
        "\\",
        "\\y",
        "\\p{Nope}",
        "\\x1",
        "\\u12",
        "(?q)",
        "(?<1>a)",
        "[b-a]",
        "\\x{110000}",
        "\\xZZ",
        "(?",
        "\\08"
      })
  void refusesWhatJavaRefusesToo(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> Pattern.compile(pattern));
    WeftException error = assertThrows(WeftException.class, () -> Regex.compile(pattern));
    assertEquals(ErrorCode.INVALID_ARGUMENT_VALUE, error.code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<!a)",
        "(?>a)",
        "a*+",
        "a++",
        "a?+",
        "a{2}+",
        "(a)\\1",
        "(?<n>a)\\k<n>",
        "\\X",
        "\\p{IsLatin}",
        "(?U)a"
      })
  void saysWhatIsNotSupported(String pattern) {
    WeftException error = assertThrows(WeftException.class, () -> Regex.compile(pattern));
    assertEquals(ErrorCode.INVALID_ARGUMENT_VALUE, error.code());
    assertTrue(error.getMessage().endsWith("not supported"), error.getMessage());
  }

  @Test
  void aPatternThatMakesOthersBacktrackForEverTakesLinearTime() {
    Regex regex = Regex.compile("(a*)*(a|aa)+(a?){50}b");
    assertFalse(regex.matches("a".repeat(100_000)));
    assertTrue(regex.matches("a".repeat(100_000) + "b"));
  }

  @Test
  void repetitionThatWouldMakeTheProgramTooLargeIsRefused() {
    for (String pattern :
        new String[] {
          "(a{1000}){1000}", "a{2147483647}", "(a{999999999}){999999999}", "(){0,2147483647}"
        }) {
      WeftException error = assertThrows(WeftException.class, () -> Regex.compile(pattern));
      assertEquals(ErrorCode.VALUE_TOO_LARGE, error.code());
    }
    assertTrue(Regex.compile("(){2147483647}").matches(""));
  }

  @Test
  void nestingThatWouldExhaustTheStackIsRefused() {
    assertTrue(Regex.compile("(".repeat(200) + "a" + ")".repeat(200)).matches("a"));
    assertThrows(
        WeftException.class, () -> Regex.compile("(".repeat(100_000) + ")".repeat(100_000)));
    assertThrows(
        WeftException.class, () -> Regex.compile("[".repeat(100_000) + "a" + "]".repeat(100_000)));
    assertTrue(Regex.compile("[" + "b".repeat(100_000) + "a]").matches("a"));
  }

  @Test
  void oneRegexMatchesManyTexts() {
    Regex regex = Regex.compile("(?i).*dog.*");
    for (int i = 0; i < 1000; i++) {
      assertTrue(regex.matches("The dOg " + i));
      assertFalse(regex.matches("The cat " + i));
    }
  }

  @Test
  void theCacheKeepsWhatIsUsed() {
    RegexCache cache = new RegexCache();
    Regex kept = cache.regex("kept");
    for (int i = 0; i < 100; i++) {
      assertTrue(cache.regex("a" + i).matches("a" + i));
      assertSame(kept, cache.regex("kept"));
    }
  }

  private static List<List<String>> found(RegexSearch search, String text) {
    List<List<String>> matches = new ArrayList<>();
    for (int from = 0; from <= text.length(); ) {
      int[] slots = search.find(text, from, steps -> {});
      if (slots == null) {
        break;
      }
      List<String> groups = new ArrayList<>();
      for (int i = 0; i < slots.length; i += 2) {
        groups.add(slots[i] < 0 ? null : slots[i] + text.substring(slots[i], slots[i + 1]));
      }
      matches.add(groups);
      from = slots[1] == slots[0] ? slots[1] + 1 : slots[1];
    }
    return matches;
  }

  private static List<List<String>> foundByJava(Pattern pattern, String text) {
    List<List<String>> matches = new ArrayList<>();
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      List<String> groups = new ArrayList<>();
      for (int i = 0; i <= matcher.groupCount(); i++) {
        groups.add(matcher.group(i) == null ? null : matcher.start(i) + matcher.group(i));
      }
      matches.add(groups);
    }
    return matches;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "(a)(b)?",
        "(a|ab)(c|bcd)?",
        "a*",
        "a*?",
        "a+?",
        "(a+)(a*)",
        "(a+?)(a*)",
        "(a??)(a)",
        "(?<first>a)|(?<second>b)",
        "(?:a)(b)",
        "((a)|b)+",
        "((a)|(b))*",
        "(a{1,2}){2}",
        "(a{1,2}?){2}",
        "\\Ga",
        "^a|b$",
        "(?m)^(.)",
        "\\b(\\w)",
        "(.)(.*)",
        "(.*)(.)",
        "(?s)(.)$",
        "()",
        "(a|)(b|)",
        "\uD83D\uDE00"
      })
  void findsWhatJavaFinds(String pattern) {
    for (String text : TEXTS) {
      assertEquals(
          foundByJava(Pattern.compile(pattern), text),
          found(RegexSearch.compile(pattern), text),
          pattern + " in '" + text + "'");
    }
  }

  @Test
  void randomPatternsFindWhatJavaFinds() {
    Prng random = new Prng(12);
    for (int i = 0; i < 20_000; i++) {
      // Java's repeated groups do not try the shorter \\R again.
      String pattern = randomPattern(random, 4).replace("\\R", "\\S");
      Pattern expected = Pattern.compile(pattern);
      RegexSearch actual = RegexSearch.compile(pattern);
      boolean nested = nestsGroups(pattern);
      for (int j = 0; j < 20; j++) {
        String text = randomText(random) + randomText(random);
        assertEquals(
            compared(foundByJava(expected, text), nested),
            compared(found(actual, text), nested),
            "pattern " + i + " " + pattern + " in '" + text + "'");
      }
    }
  }

  /** Java may keep what a group in a repeated group captured in a turn before the last. */
  private static boolean nestsGroups(String pattern) {
    List<Boolean> open = new ArrayList<>();
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '(') {
        boolean captures = pattern.charAt(i + 1) != '?';
        if (captures && open.contains(true)) {
          return true;
        }
        open.add(captures);
      } else if (pattern.charAt(i) == ')') {
        open.remove(open.size() - 1);
      }
    }
    return false;
  }

  private static List<List<String>> compared(List<List<String>> matches, boolean nested) {
    return nested ? matches.stream().map(groups -> groups.subList(0, 1)).toList() : matches;
  }

  @Test
  void aSearchThatMakesOthersBacktrackForEverTakesLinearTime() {
    RegexSearch search = RegexSearch.compile("(a*)*(a|aa)+(a?){50}b");
    assertNull(search.find("a".repeat(20_000), 0, steps -> {}));
    assertNotNull(search.find("a".repeat(20_000) + "b", 0, steps -> {}));
  }

  @Test
  void moreGroupsThanASearchCanKeepAreRefused() {
    WeftException error =
        assertThrows(WeftException.class, () -> RegexSearch.compile("(a)".repeat(3_000)));
    assertEquals(ErrorCode.VALUE_TOO_LARGE, error.code());
  }
}
