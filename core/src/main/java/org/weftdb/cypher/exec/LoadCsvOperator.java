package org.weftdb.cypher.exec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.weftdb.csv.CsvInput;
import org.weftdb.csv.CsvReader;
import org.weftdb.cypher.plan.Plan;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Vector;

/** A row for each record of a table, which is read while the rows are asked for. */
final class LoadCsvOperator extends FanOutOperator {
  private final Plan.LoadCsv plan;
  private final Evaluator source;
  private @Nullable CsvInput input;
  private @Nullable CsvReader reader;
  private @Nullable List<@Nullable String> headers;

  LoadCsvOperator(Frame frame, Plan.LoadCsv plan, Evaluator source) {
    super(frame);
    this.plan = plan;
    this.source = source;
  }

  @Override
  void clearRow() {
    if (input != null) {
      state.closeCsv(input);
    }
    input = null;
    reader = null;
  }

  @Override
  boolean rowOpen() {
    return reader != null;
  }

  @Override
  void startRow(Batch from, int row) {
    try {
      open(from, row);
    } catch (WeftException failure) {
      throw plan.origin().locate(failure);
    }
  }

  private void open(Batch from, int row) {
    Object url = source.value(from, row);
    if (url == null) {
      throw new WeftException(
          ErrorCode.TYPE_MISMATCH, "expected a String to LOAD CSV FROM, but found null");
    } else if (!(url instanceof String)) {
      throw Evaluator.mismatch("a String to LOAD CSV FROM", url);
    }
    CsvInput opened = state.openCsv((String) url);
    input = opened;
    CsvReader records = new CsvReader(opened, plan.separator());
    reader = records;
    headers = plan.withHeaders() ? records.next() : null;
    if (plan.withHeaders() && headers == null) {
      clearRow();
    }
  }

  @Override
  int take(Batch from, int first) {
    CsvReader records = Objects.requireNonNull(reader);
    Vector values = output.own(plan.slot());
    Vector lines = output.own(plan.lineSlot());
    Vector files = output.own(plan.fileSlot());
    if (first == 0) {
      values.reset(Vector.Kind.OBJECT, capacity);
      lines.reset(Vector.Kind.INTEGER, capacity);
      files.reset(Vector.Kind.OBJECT, capacity);
    }
    String name = Objects.requireNonNull(input).name();
    int n = first;
    while (n < capacity) {
      List<@Nullable String> fields = next(records);
      if (fields == null) {
        clearRow();
        break;
      }
      List<@Nullable String> names = headers;
      values.objects[n] = names == null ? Collections.unmodifiableList(fields) : map(names, fields);
      lines.longs[n] = records.line();
      files.objects[n] = name;
      n++;
    }
    return n;
  }

  private @Nullable List<@Nullable String> next(CsvReader records) {
    try {
      return records.next();
    } catch (WeftException failure) {
      throw plan.origin().locate(failure);
    }
  }

  /** Cells without a header are left out, headers without a cell are null. */
  private static Map<String, @Nullable Object> map(
      List<@Nullable String> names, List<@Nullable String> fields) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name != null) {
        map.put(name, i < fields.size() ? fields.get(i) : null);
      }
    }
    return Collections.unmodifiableMap(map);
  }
}
