package org.weftdb;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.weftdb.engine.Engine;
import org.weftdb.error.WeftException;

/** A thread that makes the commits of an engine durable at an interval. */
final class GroupSync implements AutoCloseable {
  private final Engine engine;
  private final long intervalMillis;
  private final CountDownLatch stopped = new CountDownLatch(1);

  GroupSync(Engine engine, long intervalMillis) {
    this.engine = engine;
    this.intervalMillis = intervalMillis;
    Thread thread = new Thread(this::run, "weftdb-sync");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!stopped.await(intervalMillis, TimeUnit.MILLISECONDS)) {
        if (engine.needsSync()) {
          engine.sync();
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (WeftException failure) {
      // The engine keeps the failure and answers every later call with it.
      return;
    }
  }

  @Override
  public void close() {
    stopped.countDown();
  }
}
