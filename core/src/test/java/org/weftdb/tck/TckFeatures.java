package org.weftdb.tck;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleStep;
import io.cucumber.messages.types.PickleTable;
import io.cucumber.messages.types.PickleTableRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.weftdb.tck.TckScenario.Phase;
import org.weftdb.tck.TckScenario.Step;
import org.weftdb.tck.TckScenario.Table;

/** Reads the features of the kit's jar on the class path. */
final class TckFeatures {
  private static final String FEATURES = "features/";
  private static final String SUFFIX = ".feature";
  private static final Pattern GRAPH = Pattern.compile("the (\\S+) graph");
  private static final Pattern PROCEDURE = Pattern.compile("there exists a procedure (.*):");
  private static final Pattern ERROR =
      Pattern.compile("an? (\\S+) should be raised at (compile time|runtime|any time): (\\S+)");

  private TckFeatures() {}

  /** Every scenario of every feature, by path and then in the feature's order. */
  static List<TckScenario> read() {
    URL anyGraph =
        Objects.requireNonNull(
            TckFeatures.class.getResource("/graphs/binary-tree-1/binary-tree-1.cypher"),
            "the jar of the kit is not on the class path");
    try (JarFile jar = ((JarURLConnection) anyGraph.openConnection()).getJarFile()) {
      Map<String, JarEntry> features = new TreeMap<>();
      jar.stream()
          .filter(entry -> entry.getName().startsWith(FEATURES))
          .filter(entry -> entry.getName().endsWith(SUFFIX))
          .forEach(entry -> features.put(entry.getName(), entry));
      List<TckScenario> scenarios = new ArrayList<>();
      for (Map.Entry<String, JarEntry> feature : features.entrySet()) {
        try (InputStream text = jar.getInputStream(feature.getValue())) {
          new Feature(jar, feature.getKey()).read(text, scenarios);
        }
      }
      return scenarios;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One feature file while it is read. */
  private record Feature(JarFile jar, String path) {
    void read(InputStream text, List<TckScenario> scenarios) throws IOException {
      List<Pickle> pickles =
          GherkinParser.builder()
              .includeSource(false)
              .includeGherkinDocument(false)
              .build()
              .parse(path, text)
              .map(this::pickle)
              .toList();
      Map<String, Integer> examples = new HashMap<>();
      String feature = path.substring(FEATURES.length(), path.length() - SUFFIX.length());
      for (Pickle pickle : pickles) {
        // The first of the ids is the scenario's, the second the example's row.
        int example = 0;
        if (pickle.getAstNodeIds().size() > 1) {
          example = examples.merge(pickle.getAstNodeIds().get(0), 1, Integer::sum);
        }
        List<Step> steps = new ArrayList<>();
        for (PickleStep step : pickle.getSteps()) {
          steps.add(step(step));
        }
        scenarios.add(new TckScenario(feature, pickle.getName(), example, steps));
      }
    }

    private Pickle pickle(Envelope envelope) {
      return envelope
          .getPickle()
          .orElseThrow(() -> new IllegalArgumentException(path + " does not parse: " + envelope));
    }

    private Step step(PickleStep step) throws IOException {
      String text = step.getText().strip();
      return switch (text) {
        case "any graph", "an empty graph" -> new TckScenario.Setup(List.of());
        case "having executed:" -> new TckScenario.Setup(List.of(query(step)));
        case "parameters are:" -> new TckScenario.Parameters(parameters(table(step)));
        case "executing query:" -> new TckScenario.Execute(query(step), false);
        case "executing control query:" -> new TckScenario.Execute(query(step), true);
        case "the result should be, in any order:" ->
            new TckScenario.ExpectResult(values(table(step)), false, false);
        case "the result should be, in order:" ->
            new TckScenario.ExpectResult(values(table(step)), true, false);
        case "the result should be (ignoring element order for lists):" ->
            new TckScenario.ExpectResult(values(table(step)), false, true);
        case "the result should be, in order (ignoring element order for lists):" ->
            new TckScenario.ExpectResult(values(table(step)), true, true);
        case "the result should be empty" -> new TckScenario.ExpectEmptyResult();
        case "no side effects" -> new TckScenario.ExpectSideEffects(Map.of());
        case "the side effects should be:" ->
            new TckScenario.ExpectSideEffects(sideEffects(table(step)));
        default -> stepWithArguments(step, text);
      };
    }

    private Step stepWithArguments(PickleStep step, String text) throws IOException {
      Matcher graph = GRAPH.matcher(text);
      if (graph.matches()) {
        return new TckScenario.Setup(List.of(namedGraph(graph.group(1))));
      }
      Matcher procedure = PROCEDURE.matcher(text);
      if (procedure.matches()) {
        return new TckScenario.Procedure(procedure.group(1), values(table(step)));
      }
      Matcher error = ERROR.matcher(text);
      if (error.matches()) {
        Phase phase =
            switch (error.group(2)) {
              case "compile time" -> Phase.COMPILE_TIME;
              case "runtime" -> Phase.RUNTIME;
              default -> Phase.ANY_TIME;
            };
        return new TckScenario.ExpectError(error.group(1), phase, error.group(3));
      }
      throw new IllegalArgumentException(path + " has a step of no known kind: " + text);
    }

    private String namedGraph(String name) throws IOException {
      JarEntry script = jar.getJarEntry("graphs/" + name + "/" + name + ".cypher");
      if (script == null) {
        throw new IllegalArgumentException(path + " uses a graph that is not there: " + name);
      }
      try (InputStream text = jar.getInputStream(script)) {
        return new String(text.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    private String query(PickleStep step) {
      return step.getArgument().orElseThrow().getDocString().orElseThrow().getContent();
    }

    private List<List<String>> table(PickleStep step) {
      PickleTable table =
          step.getArgument().flatMap(argument -> argument.getDataTable()).orElse(null);
      List<List<String>> rows = new ArrayList<>();
      if (table != null) {
        for (PickleTableRow row : table.getRows()) {
          rows.add(row.getCells().stream().map(cell -> cell.getValue()).toList());
        }
      }
      return rows;
    }

    /** A table whose first row names the columns. */
    private Table values(List<List<String>> cells) {
      if (cells.isEmpty()) {
        return new Table(List.of(), List.of());
      }
      List<List<TckValue>> rows = new ArrayList<>();
      for (List<String> row : cells.subList(1, cells.size())) {
        rows.add(row.stream().map(TckValueParser::parse).toList());
      }
      return new Table(cells.get(0), rows);
    }

    private Map<String, TckValue> parameters(List<List<String>> rows) {
      Map<String, TckValue> parameters = new LinkedHashMap<>();
      rows.forEach(row -> parameters.put(row.get(0), TckValueParser.parse(row.get(1))));
      return parameters;
    }

    private Map<String, Integer> sideEffects(List<List<String>> rows) {
      Map<String, Integer> effects = new LinkedHashMap<>();
      rows.forEach(row -> effects.put(row.get(0), Integer.valueOf(row.get(1))));
      return effects;
    }
  }
}
