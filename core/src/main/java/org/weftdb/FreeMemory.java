package org.weftdb;

/** The heap that queries may use when nobody has said how much. */
final class FreeMemory {
  private FreeMemory() {}

  /**
   * Half of what is free, in bytes; at least an eighth of the largest heap, because what the last
   * collection has left behind counts as used and may long be garbage.
   */
  static long half() {
    Runtime runtime = Runtime.getRuntime();
    long most = runtime.maxMemory();
    long free = most - runtime.totalMemory() + runtime.freeMemory();
    return Math.max(free / 2, most / 8);
  }
}
