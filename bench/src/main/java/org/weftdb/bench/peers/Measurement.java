package org.weftdb.bench.peers;

import static org.weftdb.bench.peers.Json.array;
import static org.weftdb.bench.peers.Json.object;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.bench.peers.Specification.Step;
import org.weftdb.bench.peers.Specification.Workload;

/** Runs the rows of a specification on an open peer. */
final class Measurement {
  /** Gets a map for each event. */
  interface Events {
    void tell(Map<String, Object> event);
  }

  /** A running program has been warm for a while; the compilers of a JVM need their time for it. */
  private static final double WARM_UP_MILLIS = 3000;

  /** Times of samples, each for one of several queries or rows. */
  private static final class Samples {
    final List<Double> millis = new ArrayList<>();
    final List<Double> cpuMillis = new ArrayList<>();

    void add(Clock clock, int count) {
      millis.add(clock.millis() / count);
      cpuMillis.add(clock.cpuMillis() / count);
    }
  }

  private final Peer peer;
  private final Specification specification;
  private final Map<String, Object> parameters;
  private final int persons;
  private double sum;

  /**
   * Over an open peer.
   *
   * @param parameters the lists of parameters by name
   * @param persons how many there are
   */
  Measurement(Peer peer, Specification specification, Map<String, Object> parameters, int persons) {
    this.peer = peer;
    this.specification = specification;
    this.parameters = parameters;
    this.persons = persons;
  }

  /** Fills the database; only its calls are timed. */
  void load(Path data, Events events) throws Exception {
    double allMillis = 0;
    double allCpuMillis = 0;
    long allRows = 0;
    for (Step step : specification.steps()) {
      events.tell(started(step.id(), specification.limitSeconds() * 10));
      Clock clock = new Clock();
      long[] count = new long[1];
      Tables.read(
          data,
          step,
          specification,
          rows -> {
            clock.start();
            peer.execute(step.cypher(), Map.of("rows", rows));
            clock.stop();
            count[0] += rows.size();
          });
      events.tell(loaded(step.id(), count[0], clock.millis(), clock.cpuMillis()));
      allMillis += clock.millis();
      allCpuMillis += clock.cpuMillis();
      allRows += count[0];
    }
    events.tell(loaded("load_total", allRows, allMillis, allCpuMillis));
  }

  static Map<String, Object> started(String row, int limitSeconds) {
    return Map.of("started", row, "limitSeconds", limitSeconds);
  }

  private static Map<String, Object> loaded(
      String row, long rows, double millis, double cpuMillis) {
    return Map.of("row", row, "rows", rows, "ms", millis, "cpuMs", cpuMillis);
  }

  /**
   * Measures a row; {@code ms} is the median of the samples, for one query or one written row, and
   * {@code cpuMs} that of the processor time.
   */
  Map<String, Object> measure(Workload workload) throws Exception {
    return workload.reads() ? read(workload) : write(workload);
  }

  private Map<String, Object> read(Workload workload) throws Exception {
    List<Object> list = array(parameters.get(workload.parameters()));
    double firstMillis = 0;
    List<String> answers = new ArrayList<>();
    long rows = 0;
    for (int i = 0; i < workload.perSample(); i++) {
      long start = System.nanoTime();
      Peer.Rows answer = peer.execute(workload.cypher(), object(list.get(i % list.size())));
      answer.forEachValue(this::touch);
      firstMillis += millisSince(start);
      answers.add(Answers.text(answer, workload));
      rows += answer.size();
    }
    String checksum = Answers.checksum(answers);
    long start = System.nanoTime();
    while (millisSince(start) < WARM_UP_MILLIS) {
      sample(workload, list, 0);
    }
    Samples samples = new Samples();
    long begin = System.nanoTime();
    for (int i = 0;
        i < workload.samples() && (i == 0 || millisSince(begin) < specification.budgetMillis());
        i++) {
      Clock clock = new Clock();
      clock.start();
      sample(workload, list, i * workload.perSample());
      clock.stop();
      samples.add(clock, workload.perSample());
    }
    Map<String, Object> result = result(samples, List.of(checksum));
    result.put("firstMs", firstMillis / workload.perSample());
    result.put("rows", rows);
    // Told, so that no compiler leaves out the reading.
    result.put("sum", sum);
    return result;
  }

  private void sample(Workload workload, List<Object> list, int from) throws Exception {
    for (int i = from; i < from + workload.perSample(); i++) {
      peer.execute(workload.cypher(), object(list.get(i % list.size()))).forEachValue(this::touch);
    }
  }

  private void touch(@Nullable Object value) {
    sum +=
        switch (value) {
          case String string -> string.length();
          case Number number -> number.doubleValue();
          case null, default -> 1;
        };
  }

  private Map<String, Object> write(Workload workload) throws Exception {
    int index = specification.workloads().indexOf(workload);
    Samples samples = new Samples();
    List<String> checksums = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0;
        i < workload.samples() && (i == 0 || millisSince(begin) < 2 * specification.budgetMillis());
        i++) {
      Tables.Written written = Tables.written(workload, index, i, persons);
      List<Map<String, Object>> calls =
          workload.batch() == 0 ? written.rows() : inBatches(written.rows(), workload.batch());
      Clock clock = new Clock();
      clock.start();
      for (Map<String, Object> call : calls) {
        peer.execute(workload.cypher(), call);
      }
      clock.stop();
      samples.add(clock, written.rows().size());
      Map<String, Object> range = Map.of("lo", written.low(), "hi", written.high());
      Peer.Rows answer = peer.execute(workload.check(), range);
      checksums.add(Answers.checksum(List.of(Answers.text(answer, false))));
    }
    return result(samples, checksums);
  }

  private static List<Map<String, Object>> inBatches(List<Map<String, Object>> rows, int length) {
    List<Map<String, Object>> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += length) {
      batches.add(Map.of("rows", rows.subList(from, Math.min(rows.size(), from + length))));
    }
    return batches;
  }

  private static Map<String, Object> result(Samples samples, List<String> checksums) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ms", median(samples.millis));
    result.put("cpuMs", median(samples.cpuMillis));
    result.put("samples", samples.millis);
    result.put("cpuSamples", samples.cpuMillis);
    result.put("checksums", checksums);
    return result;
  }

  static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }
}
