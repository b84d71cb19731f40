package org.weftdb.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.weftdb.cypher.ast.AstPrinter;
import org.weftdb.cypher.ast.ParsedQuery;
import org.weftdb.cypher.parser.CypherParser;
import org.weftdb.cypher.semantic.CypherType;
import org.weftdb.cypher.semantic.FunctionSignatures;
import org.weftdb.cypher.semantic.ProcedureSignature;
import org.weftdb.cypher.semantic.ProcedureSignature.Field;
import org.weftdb.cypher.semantic.SemanticAnalyzer;
import org.weftdb.cypher.semantic.SemanticResult;
import org.weftdb.error.WeftException;
import org.weftdb.tck.TckScenario.ExpectError;
import org.weftdb.tck.TckScenario.Phase;
import org.weftdb.tck.TckScenario.Step;
import org.weftdb.testing.OpenCypherFunctions;
import org.weftdb.testing.TreeText;

/** What the kit says about parsing and analysis alone, for every query that it has. */
class CompileTimeTest {
  private static final FunctionSignatures FUNCTIONS = new OpenCypherFunctions();

  /** A query, what it may call and be given, and the error it must give, if any. */
  private record Compiled(
      TckScenario scenario,
      String query,
      Map<String, ProcedureSignature> procedures,
      Map<String, TckValue> parameters,
      @Nullable ExpectError error) {

    String outcome() {
      try {
        ParsedQuery parsed = CypherParser.parse(query);
        SemanticResult result = SemanticAnalyzer.analyze(parsed, FUNCTIONS, procedures::get);
        for (String name : result.parameters().keySet()) {
          if (!parameters.containsKey(name)) {
            return "ParameterMissing MissingParameter";
          }
        }
        return "";
      } catch (WeftException e) {
        return e.code().type() + " " + e.code().detail();
      }
    }
  }

  @Test
  void everyCompileTimeErrorIsFoundAndNothingElse() {
    List<String> wrong = new ArrayList<>();
    int errors = 0;
    int queries = 0;
    for (Compiled compiled : all()) {
      queries++;
      ExpectError error = compiled.error;
      boolean early = error != null && error.phase() == Phase.COMPILE_TIME;
      errors += early ? 1 : 0;
      String expected = early ? error.type() + " " + error.detail() : "";
      String outcome = compiled.outcome();
      boolean anyTime =
          error != null && error.phase() == Phase.ANY_TIME && outcome.startsWith(error.type());
      if (!outcome.equals(expected) && !anyTime) {
        wrong.add(
            "%s: expected '%s', was '%s'%n%s"
                .formatted(compiled.scenario.id(), expected, outcome, compiled.query));
      }
    }
    assertEquals(List.of(), wrong, () -> String.join("\n\n", wrong));
    assertTrue(queries > 3_897 && errors > 500, queries + " queries, " + errors + " errors");
  }

  @Test
  void everyQueryThatParsesIsReadBackFromItsPrintedForm() {
    int printed = 0;
    for (Compiled compiled : all()) {
      if (compiled.outcome().isEmpty()) {
        ParsedQuery parsed = CypherParser.parse(compiled.query);
        String text = AstPrinter.print(parsed);
        ParsedQuery again = CypherParser.parse(text);
        assertEquals(text, AstPrinter.print(again), compiled.query);
        assertEquals(
            TreeText.of(parsed.statement()), TreeText.of(again.statement()), compiled.query);
        printed++;
      }
    }
    assertTrue(printed > 3_500, "only " + printed);
  }

  private static List<Compiled> all() {
    List<Compiled> all = new ArrayList<>();
    for (TckScenario scenario : TckFeatures.read()) {
      Map<String, ProcedureSignature> procedures = new HashMap<>();
      Map<String, TckValue> parameters = new HashMap<>();
      for (int i = 0; i < scenario.steps().size(); i++) {
        switch (scenario.steps().get(i)) {
          case TckScenario.Setup setup -> {
            for (String query : setup.queries()) {
              all.add(new Compiled(scenario, query, Map.of(), Map.of(), null));
            }
          }
          case TckScenario.Procedure procedure -> addProcedure(procedure, procedures);
          case TckScenario.Parameters given -> parameters.putAll(given.values());
          case TckScenario.Execute execute ->
              all.add(
                  new Compiled(
                      scenario,
                      execute.query(),
                      procedures,
                      parameters,
                      errorOf(scenario.steps(), i)));
          default -> {}
        }
      }
    }
    return all;
  }

  private static @Nullable ExpectError errorOf(List<Step> steps, int execute) {
    boolean last = execute + 1 == steps.size();
    return !last && steps.get(execute + 1) instanceof ExpectError error ? error : null;
  }

  private static final Pattern SIGNATURE = Pattern.compile("(\\S+)\\((.*)\\) :: \\((.*)\\)\\s*");

  private static void addProcedure(
      TckScenario.Procedure procedure, Map<String, ProcedureSignature> procedures) {
    Matcher matcher = SIGNATURE.matcher(procedure.signature());
    assertTrue(matcher.matches(), procedure.signature());
    procedures.put(
        matcher.group(1),
        new ProcedureSignature(fields(matcher.group(2)), fields(matcher.group(3)), false));
  }

  private static List<Field> fields(String text) {
    List<Field> fields = new ArrayList<>();
    for (String field : text.isBlank() ? new String[0] : text.split(",")) {
      String[] parts = field.split("::");
      CypherType type =
          switch (parts[1].strip().replace("?", "")) {
            case "STRING" -> CypherType.STRING;
            case "INTEGER" -> CypherType.INTEGER;
            case "FLOAT", "NUMBER" -> CypherType.NUMBER;
            default -> CypherType.ANY;
          };
      fields.add(new Field(parts[0].strip(), type));
    }
    return fields;
  }
}
