package org.weftdb.cypher.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.testing.DataDrivenFile;
import org.weftdb.testing.ValueText;
import org.weftdb.value.NodeReference;
import org.weftdb.value.RelationshipReference;

class FunctionTest {
  /**
   * Node n has the label L_n and the property id; relationship r goes from node r to node r + 1.
   */
  private static final class SmallGraph implements FunctionContext {
    private final Prng random = new Prng(1);

    @Override
    public List<String> labels(NodeReference node) {
      return List.of("L" + node.id());
    }

    @Override
    public String type(RelationshipReference relationship) {
      return "T" + relationship.id();
    }

    @Override
    public NodeReference startNode(RelationshipReference relationship) {
      return new NodeReference(relationship.id());
    }

    @Override
    public NodeReference endNode(RelationshipReference relationship) {
      return new NodeReference(relationship.id() + 1);
    }

    @Override
    public Map<String, @Nullable Object> properties(Object entity) {
      long id = entity instanceof NodeReference node ? node.id() : -1;
      return Map.of("id", id);
    }

    @Override
    public List<String> keys(Object entity) {
      return List.of("id");
    }

    @Override
    public double random() {
      return random.nextDouble();
    }

    @Override
    public long timestampMillis() {
      return 1_700_000_000_123L;
    }
  }

  /** The directive is the function, each line of input the arguments of one call. */
  @TestFactory
  Stream<DynamicTest> cases() {
    return DataDrivenFile.runAll("function", FunctionTest::run);
  }

  private static String run(DataDrivenFile.Case test) {
    StringBuilder output = new StringBuilder();
    for (String line : test.input().split("\n")) {
      output.append(output.isEmpty() ? "" : "\n").append(line).append(" => ");
      try {
        output.append(ValueText.print(answer(test.directive(), line)));
      } catch (WeftException e) {
        output.append(e.code()).append(": ").append(e.getMessage());
      }
    }
    return output.toString();
  }

  private static @Nullable Object answer(String name, String line) {
    AggregateFunction aggregate =
        FunctionRegistry.standard().aggregate(name.toLowerCase(Locale.ROOT));
    if (aggregate != null) {
      String[] parts = line.split("; ");
      Object[] constants =
          parts.length == 1 ? new Object[0] : new Object[] {ValueText.parse(parts[1])};
      Aggregator aggregator = aggregate.create(constants);
      for (Object value : (List<?>) ValueText.parse(parts[0])) {
        aggregator.add(value);
      }
      return aggregator.result();
    }
    return call(name, ((List<?>) ValueText.parse("[" + line + "]")).toArray());
  }

  private static @Nullable Object call(String name, @Nullable Object... arguments) {
    FunctionDefinition definition =
        FunctionRegistry.standard().scalar(name.toLowerCase(Locale.ROOT));
    assertNotNull(definition, name);
    assertEquals(name, definition.name());
    int count = arguments.length;
    assertTrue(
        count >= definition.signature().minimumArguments()
            && count <= definition.signature().maximumArguments(),
        () -> name + " of " + Arrays.toString(arguments));
    return definition.body().call(arguments, new SmallGraph());
  }

  @Test
  void upperCaseOfEveryCharacterIsThatOfTheJdk() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < 0xD800 || c > 0xDFFF) {
        String text = Character.toString(c);
        assertEquals(text.toUpperCase(Locale.ROOT), LetterCase.upper(text));
        if (c != 0x3A3) {
          assertEquals(text.toLowerCase(Locale.ROOT), LetterCase.lower(text));
        }
      }
    }
  }

  @Test
  void lowerCaseOfWordsIsThatOfTheJdk() {
    for (String text : List.of("ΟΔΥΣΣΕΥΣ", "ΣΑΣ ΣΑΣ.", "Σ", "aΣ", "Σa", "İstanbul", "STRASSE")) {
      assertEquals(text.toLowerCase(Locale.ROOT), LetterCase.lower(text));
    }
  }

  @Test
  void randomValuesComeFromTheContextAlone() {
    SmallGraph first = new SmallGraph();
    SmallGraph second = new SmallGraph();
    FunctionDefinition uuid = FunctionRegistry.standard().scalar("randomuuid");
    assertNotNull(uuid);
    for (int i = 0; i < 100; i++) {
      String text = (String) uuid.body().call(new Object[0], first);
      assertEquals(text, uuid.body().call(new Object[0], second));
      assertEquals(text, java.util.UUID.fromString(text).toString());
      assertEquals(4, java.util.UUID.fromString(text).version());
      assertEquals(2, java.util.UUID.fromString(text).variant());
    }
    assertFalse(uuid.signature().deterministic());
  }

  @Test
  void aRangeIsComputedNotKept() {
    List<?> range = (List<?>) call("range", 1L, 2_000_000_000L);
    assertNotNull(range);
    assertEquals(2_000_000_000, range.size());
    assertEquals(1_234_567_891L, range.get(1_234_567_890));
    assertEquals(
        1L, ((List<?>) call("range", Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)).size() / 3L);
    WeftException error =
        assertThrows(WeftException.class, () -> call("range", 0L, Long.MAX_VALUE));
    assertEquals(ErrorCode.VALUE_TOO_LARGE, error.code());
  }

  @Test
  void reversingTwiceGivesTheTextBack() {
    String text = "a\uD83D\uDE00é\uD800b";
    assertEquals(text, call("reverse", call("reverse", text)));
    assertEquals("\uD83D\uDE00a", call("reverse", "a\uD83D\uDE00"));
  }

  @Test
  void replaceIsThatOfTheJdk() {
    Prng random = new Prng(2);
    for (int i = 0; i < 5_000; i++) {
      String text = text(random, 8);
      String search = text(random, 3);
      String replacement = text(random, 3);
      assertEquals(text.replace(search, replacement), call("replace", text, search, replacement));
      if (!search.isEmpty()) {
        assertEquals(
            Arrays.asList(text.split(java.util.regex.Pattern.quote(search), -1)),
            call("split", text, search));
      }
    }
  }

  private static String text(Prng random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(length); i > 0; i--) {
      text.append("ab".charAt(random.nextInt(2)));
    }
    return text.toString();
  }

  @Test
  void theDecimalLogarithmIsExactForExactPowersOfTenAndCloseElsewhere() {
    for (int i = 0; i <= 22; i++) {
      assertEquals(i, MathFunctions.log10(Double.parseDouble("1e" + i)));
    }
    Prng random = new Prng(4);
    for (int i = 0; i < 100_000; i++) {
      double value = Math.abs(Double.longBitsToDouble(random.nextLong() >>> random.nextInt(20)));
      if (value == 0 || !Double.isFinite(value)) {
        continue;
      }
      double expected = Math.log10(value);
      assertEquals(expected, MathFunctions.log10(value), 2 * Math.ulp(expected));
    }
  }

  @Test
  void anOldNameSaysWhatTheNewOneIs() {
    FunctionRegistry registry = FunctionRegistry.standard();
    assertNull(registry.find("distance"));
    assertEquals("point.distance() is its name", registry.whyNotSupported("distance"));
    assertNotNull(registry.find("point.distance"));
    assertNull(registry.whyNotSupported("point.distance"));
    assertNull(registry.find("nope"));
    assertNull(registry.whyNotSupported("nope"));
    assertNotNull(registry.find("count"));
    assertNotNull(registry.find("toupper"));
  }

  @Test
  void typedAdditionIsTheSameAsAddition() {
    Prng random = new Prng(3);
    for (AggregateFunction function : AggregateFunction.values()) {
      Object[] constants =
          function.signature().minimumArguments() == 2 ? new Object[] {0.3} : new Object[0];
      Aggregator boxed = function.create(constants);
      Aggregator typed = function.create(constants);
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        boolean whole = i < 50 ? random.nextInt(10) > 0 : random.nextBoolean();
        if (whole) {
          long value = random.nextInt(100) - 50;
          boxed.add(value);
          typed.addLong(value);
          values.add(value);
        } else {
          double value = random.nextInt(100) / 4.0;
          boxed.add(value);
          typed.addDouble(value);
          values.add(value);
        }
        assertEquals(boxed.result(), typed.result(), function + " of " + values);
      }
    }
  }

  @Test
  void deviationOfLargeNumbersKeepsItsPrecision() {
    Aggregator deviation = AggregateFunction.ST_DEV_P.create();
    for (int i = 0; i < 1_000; i++) {
      deviation.add(1e9 + i % 2);
    }
    assertEquals(0.5, (double) deviation.result(), 1e-12);
  }

  /** The first, middle and last lengths of the test vectors of the paper's authors. */
  @Test
  void blake3IsThatOfItsAuthors() {
    Map<Integer, String> vectors =
        Map.of(
            0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
            1024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7",
            1025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444",
            2048, "e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a",
            3072, "b98cb0ff3623be03326b373de6b9095218513e64f1ee2edd2525c7ad1e5cffd2",
            31744, "62b6960e1a44bcc1eb1a611a8d6235b6b4b78f32e7abc4fb4c6cdcce94895c47");
    vectors.forEach(
        (length, expected) -> {
          byte[] input = new byte[length];
          for (int i = 0; i < length; i++) {
            input[i] = (byte) (i % 251);
          }
          assertEquals(expected, StringNamespace.hex(Blake3.hash(input)), "length " + length);
        });
  }

  @Test
  void hyperbolicFunctionsAreCloseToThoseOfTheJdk() {
    Prng random = new Prng(5);
    for (int i = 0; i < 100_000; i++) {
      double x = (random.nextDouble() - 0.5) * (i % 2 == 0 ? 1.5 : 1400);
      assertEquals(Math.sinh(x), Hyperbolic.sinh(x), Math.abs(Math.sinh(x)) * 1e-12);
      assertEquals(Math.cosh(x), Hyperbolic.cosh(x), Math.cosh(x) * 1e-12);
      assertEquals(Math.tanh(x), Hyperbolic.tanh(x), Math.abs(Math.tanh(x)) * 1e-12);
    }
  }

  @Test
  void namesThatAreNearlyRightAreRecognised() {
    FunctionRegistry registry = FunctionRegistry.standard();
    assertEquals("toUpper", registry.nearest("touper"));
    assertEquals("string.upper", registry.nearest("string.uper"));
    assertEquals("count", registry.nearest("cuont"));
    assertNull(registry.nearest("xylophone"));
    assertNull(registry.nearest("a".repeat(100_000)));
  }
}
