package org.weftdb.log;

import java.util.function.BooleanSupplier;

/** Lets one of those who wait for the same thing do it for all of them. */
@FunctionalInterface
public interface SharedWork {
  /** For one thread: whoever needs it does it. */
  SharedWork ALONE =
      (done, work) -> {
        if (!done.getAsBoolean()) {
          work.run();
        }
      };

  /**
   * Returns when something is done, which this thread does, or another one while this one waits.
   *
   * @param done whether it is done; may be asked by any thread and any number of times
   * @param work does it for all who wait when it begins, so that it is done for them when it ends;
   *     what it throws goes to who ran it, and the next who waits tries again
   */
  void await(BooleanSupplier done, Runnable work);
}
