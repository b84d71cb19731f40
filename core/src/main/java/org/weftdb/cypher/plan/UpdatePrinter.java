package org.weftdb.cypher.plan;

import java.util.List;

/** Prints what SET and REMOVE do. */
final class UpdatePrinter {
  private UpdatePrinter() {}

  /** The updates of an action of MERGE; empty when there are none. */
  static String actions(String when, List<Update> updates, ScalarPrinter scalars) {
    return updates.isEmpty() ? "" : when + print(updates, scalars);
  }

  static String print(List<Update> updates, ScalarPrinter scalars) {
    StringBuilder result = new StringBuilder();
    for (Update update : updates) {
      result.append(result.length() == 0 ? "" : ", ");
      result.append(
          switch (update) {
            case Update.SetProperty u ->
                scalars.print(u.subject()) + "." + u.key() + " = " + scalars.print(u.value());
            case Update.SetProperties u ->
                scalars.print(u.subject()) + (u.merge() ? " += " : " = ") + scalars.print(u.map());
            case Update.SetDynamicProperty u ->
                scalars.print(u.subject())
                    + "["
                    + scalars.print(u.key())
                    + "] = "
                    + scalars.print(u.value());
            case Update.SetDynamicLabels u ->
                scalars.print(u.subject()) + ":$(" + scalars.print(u.names()) + ")";
            case Update.RemoveDynamicLabels u ->
                "remove " + scalars.print(u.subject()) + ":$(" + scalars.print(u.names()) + ")";
            case Update.SetLabels u ->
                scalars.print(u.subject()) + ScalarPrinter.labels(u.labels());
            case Update.RemoveLabels u ->
                "remove " + scalars.print(u.subject()) + ScalarPrinter.labels(u.labels());
          });
    }
    return result.toString();
  }
}
