package org.weftdb.bench.peers;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Adds up the time between starts and stops, and the processor time that its thread takes
 * meanwhile: the JVM's figure for all threads counts in steps of 10 ms, and has its compilers in
 * it.
 */
final class Clock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long nanos;
  private long cpuNanos;

  void start() {
    cpuNanos -= THREADS.getCurrentThreadCpuTime();
    nanos -= System.nanoTime();
  }

  void stop() {
    nanos += System.nanoTime();
    cpuNanos += THREADS.getCurrentThreadCpuTime();
  }

  double millis() {
    return nanos / 1e6;
  }

  double cpuMillis() {
    return cpuNanos / 1e6;
  }
}
