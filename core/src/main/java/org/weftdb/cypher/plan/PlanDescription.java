package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator of a plan with those below it, for people and programs that look at plans.
 *
 * <p>Not promised: which operators there are, what their details say and how a plan is worded; that
 * may change in any version.
 *
 * @param role what the operator is to the one above it
 * @param operator what kind of operator it is, such as {@code NodeByLabelScan}
 * @param details on what it works, such as {@code p:Person}; may be empty
 * @param estimatedRows how many rows it was expected to give in all, from the counts of the graph
 * @param measured what it did, or null when the query was not profiled or when this operator did
 *     not run by itself, because the one above it did its work in another way
 * @param children the operators that it pulls rows from or runs for each row: its {@link
 *     Role#INPUT}, which a leaf lacks and a union has two of, then those that it runs for its rows
 */
public record PlanDescription(
    Role role,
    String operator,
    String details,
    double estimatedRows,
    @Nullable Measured measured,
    List<PlanDescription> children) {

  /** What an operator is to the one above it. */
  public enum Role {
    /** Gives it its rows. */
    INPUT,
    /** Is run by it for each of its rows. */
    INNER,
    /** Is run by one of its expressions for each of its rows. */
    EXPRESSION
  }

  /**
   * What an operator did while the query ran.
   *
   * @param rows how many rows it gave
   * @param pages how many pages of the graph it read; a page that is read twice counts twice
   * @param nanos the time spent in it, those below it not counted, in nanoseconds of the clock that
   *     the database was given
   */
  public record Measured(long rows, long pages, long nanos) {}

  public PlanDescription {
    children = List.copyOf(children);
  }

  /**
   * The plan as a table with a line for each operator, its input on the line below it; what an
   * operator runs for its rows stands below it behind a bar.
   *
   * <pre>
   * estimated  rows  pages  ms     operator
   * 3          3     0      0.012  Result name
   * 3          3     3      0.020  Project name := p.name
   * 3          3     1      0.004  NodeByLabelScan p:Person
   * 1          1     0      0.001  Start
   * </pre>
   *
   * The columns between the first and the last are there only when something was measured. Every
   * line ends with a line feed.
   */
  public String toText() {
    List<String[]> lines = new ArrayList<>();
    boolean measured = isMeasured(this);
    lines.add(
        measured
            ? new String[] {"estimated", "rows", "pages", "ms", "operator"}
            : new String[] {"estimated", "operator"});
    addLines(this, "", measured, lines);
    return table(lines);
  }

  /** The same as {@link #toText}. */
  @Override
  public String toString() {
    return toText();
  }

  /** The operators of {@link #toText} alone, a line each. */
  List<String> operators() {
    List<String[]> lines = new ArrayList<>();
    addLines(this, "", false, lines);
    List<String> operators = new ArrayList<>();
    for (String[] line : lines) {
      operators.add(line[1]);
    }
    return operators;
  }

  private static boolean isMeasured(PlanDescription plan) {
    for (PlanDescription at = plan; ; at = at.children.get(0)) {
      if (at.measured != null) {
        return true;
      } else if (at.children.isEmpty()) {
        return false;
      }
    }
  }

  /** A long chain of inputs is a loop; only what runs for rows recurses. */
  private static void addLines(
      PlanDescription plan, String indent, boolean measured, List<String[]> lines) {
    PlanDescription at = plan;
    while (true) {
      lines.add(at.cells(indent, measured));
      PlanDescription next = null;
      int expressions = 0;
      List<PlanDescription> inputs = new ArrayList<>();
      for (PlanDescription child : at.children) {
        switch (child.role) {
          case INPUT -> inputs.add(child);
          case INNER -> addLines(child, indent + "| ", measured, lines);
          case EXPRESSION -> {
            lines.add(mark(indent + "| #" + ++expressions, measured));
            addLines(child, indent + "| ", measured, lines);
          }
        }
      }
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.size() == 1) {
          next = inputs.get(0);
        } else {
          if (i > 0) {
            lines.add(mark(indent + "+", measured));
          }
          addLines(inputs.get(i), indent + "| ", measured, lines);
        }
      }
      if (next == null) {
        return;
      }
      at = next;
    }
  }

  private static String[] mark(String text, boolean measured) {
    return measured ? new String[] {"", "", "", "", text} : new String[] {"", text};
  }

  private String[] cells(String indent, boolean measuring) {
    String name = indent + operator + (details.isEmpty() ? "" : " " + details);
    Measured found = measured;
    if (!measuring) {
      return new String[] {rounded(estimatedRows), name};
    } else if (found == null) {
      return new String[] {rounded(estimatedRows), "-", "-", "-", name};
    }
    return new String[] {
      rounded(estimatedRows),
      String.valueOf(found.rows),
      String.valueOf(found.pages),
      millis(found.nanos),
      name
    };
  }

  /** A whole number, or one digit behind the point below 10. */
  private static String rounded(double rows) {
    if (rows >= 9.95 || rows == Math.floor(rows)) {
      return String.valueOf((long) (rows + 0.5));
    }
    long tenths = (long) (rows * 10 + 0.5);
    return tenths / 10 + "." + tenths % 10;
  }

  private static String millis(long nanos) {
    long micros = (nanos + 500) / 1000;
    String fraction = String.valueOf(micros % 1000);
    return micros / 1000 + "." + "000".substring(fraction.length()) + fraction;
  }

  private static String table(List<String[]> lines) {
    int columns = lines.get(0).length;
    int[] widths = new int[columns - 1];
    for (String[] line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] line : lines) {
      for (int i = 0; i < widths.length; i++) {
        text.append(line[i]);
        for (int n = line[i].length(); n < widths[i] + 2; n++) {
          text.append(' ');
        }
      }
      text.append(line[columns - 1]).append('\n');
    }
    return text.toString();
  }
}
