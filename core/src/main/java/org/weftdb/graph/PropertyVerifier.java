package org.weftdb.graph;

/** Checks that every property belongs to something that exists and that its page is sound. */
final class PropertyVerifier {
  private final GraphView view;
  private final Findings findings;

  PropertyVerifier(GraphView view, Findings findings) {
    this.view = view;
    this.findings = findings;
  }

  /**
   * Checks the columns of all keys.
   *
   * @param owners more than 0 where there is an owner
   */
  void check(String what, PropertyColumn[] columns, IntPages owners) {
    for (int key = 0; key < columns.length; key++) {
      PropertyColumn column = columns[key];
      for (int number = 0; number < column.pageBound() && !findings.isFull(); number++) {
        PropertyPage page = column.page(number);
        String problem = page == null ? "" : problem(page, owners.page(number));
        if (!problem.isEmpty()) {
          findings.add(
              what
                  + " property "
                  + view.catalog().keyName(key)
                  + " of the ids from "
                  + ((long) number << PropertyPage.BITS)
                  + " on: "
                  + problem);
        }
      }
    }
  }

  private static String problem(PropertyPage page, int[] owners) {
    int count = 0;
    for (int slot = 0; slot < PropertyPage.SIZE; slot++) {
      if (!page.has(slot)) {
        continue;
      }
      count++;
      if (owners[slot] <= 0) {
        return "a value at place " + slot + " of what does not exist";
      }
      if (!page.hasRoomFor(slot)) {
        return "a value at place " + slot + " that has no room";
      }
      if (page.kind == PropertyPage.BOOLEAN && page.longs[slot] >>> 1 != 0) {
        return "a value at place " + slot + " that is neither true nor false";
      }
      if (page.kind >= PropertyPage.STRING) {
        Object value = page.get(slot);
        boolean fits =
            page.kind == PropertyPage.STRING
                ? value instanceof String
                : value != null && StorableValues.isStorable(value);
        if (!fits) {
          return "a value at place " + slot + " that does not belong there";
        }
      }
    }
    if (count == 0) {
      return "a page without values";
    }
    return count == page.count ? "" : page.count + " values are said, but there are " + count;
  }
}
