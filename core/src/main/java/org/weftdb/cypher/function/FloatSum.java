package org.weftdb.cypher.function;

/**
 * A sum of floats that carries along what rounding cuts off: Neumaier, "Rundungsfehleranalyse
 * einiger Verfahren zur Summation endlicher Summen" (1974).
 */
final class FloatSum {
  private double sum;
  private double lost;

  void add(double value) {
    double next = sum + value;
    if (Math.abs(sum) >= Math.abs(value)) {
      lost += (sum - next) + value;
    } else {
      lost += (value - next) + sum;
    }
    sum = next;
  }

  double sum() {
    // With an infinity or NaN what was lost is NaN and means nothing.
    return sum - sum == 0 ? sum + lost : sum;
  }
}
