package org.weftdb.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.storage.FaultRules.How;
import org.weftdb.storage.FaultRules.Operation;

/**
 * Another storage, whose operations go wrong as {@link FaultRules} say: they fail with {@link
 * ErrorCode#IO_FAILED}. A file whose append or sync failed stays broken, as {@link AppendFile}
 * promises.
 *
 * <p>Room is counted for what is appended through this object, from its making on.
 */
public final class FaultyStorage implements Storage {
  private final Storage medium;
  private final Runnable wait;
  private final TreeMap<String, Long> lengths = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private FaultRules rules;
  private long usedBytes;

  /**
   * Lets the operations of a storage go wrong.
   *
   * @param wait what slow operations do before they go on
   */
  public FaultyStorage(Storage medium, String rules, Runnable wait) {
    this.medium = medium;
    this.rules = FaultRules.parse(rules);
    this.wait = wait;
  }

  /** The same without slow operations. */
  public FaultyStorage(Storage medium, String rules) {
    this(
        medium,
        rules,
        () -> {
          throw new IllegalStateException("nobody has said how slow operations wait");
        });
  }

  /** Goes on by other rules. */
  public synchronized void setRules(String newRules) {
    rules = FaultRules.parse(newRules);
  }

  /** What went wrong so far: operation and name of each. */
  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** How an operation goes, unless it fails. */
  private How begin(Operation operation, String name) {
    How how;
    synchronized (this) {
      how = rules.next(operation, name);
      if (how != How.WELL) {
        faults.add(operation + " " + name);
      }
    }
    switch (how) {
      case FAIL -> throw failure(operation, name);
      case SLOW -> wait.run();
      case WELL, SHORT -> {}
    }
    return how;
  }

  private static WeftException failure(Operation operation, String name) {
    return new WeftException(
        ErrorCode.IO_FAILED, operation + " of '" + name + "' failed, as a rule asked it to");
  }

  @Override
  public List<String> list() {
    begin(Operation.LIST, "");
    return medium.list();
  }

  @Override
  public boolean exists(String name) {
    return medium.exists(name);
  }

  @Override
  public AppendFile create(String name) {
    begin(Operation.CREATE, name);
    AppendFile file = medium.create(name);
    synchronized (this) {
      lengths.put(name, 0L);
    }
    return new FaultyAppendFile(name, file);
  }

  @Override
  public ReadFile openRead(String name) {
    return new FaultyReadFile(name, medium.openRead(name));
  }

  @Override
  public void sync(String name) {
    begin(Operation.SYNC, name);
    medium.sync(name);
  }

  @Override
  public void publish(String temporary, String name) {
    begin(Operation.PUBLISH, name);
    medium.publish(temporary, name);
    synchronized (this) {
      forget(name);
      Long length = lengths.remove(temporary);
      lengths.put(name, length == null ? 0 : length);
    }
  }

  @Override
  public void delete(String name) {
    begin(Operation.DELETE, name);
    medium.delete(name);
    synchronized (this) {
      forget(name);
    }
  }

  private void forget(String name) {
    Long length = lengths.remove(name);
    usedBytes -= length == null ? 0 : length;
  }

  @Override
  public void close() {
    medium.close();
  }

  /** Takes room for so many bytes and returns how many there is room for. */
  private synchronized int takeRoom(String name, int wanted) {
    int taken = (int) Math.max(0, Math.min(wanted, rules.roomBytes() - usedBytes));
    usedBytes += taken;
    lengths.merge(name, (long) taken, Long::sum);
    if (taken < wanted) {
      faults.add(Operation.APPEND + " " + name);
    }
    return taken;
  }

  private final class FaultyAppendFile implements AppendFile {
    private final String name;
    private final AppendFile file;
    private volatile boolean failed;

    FaultyAppendFile(String name, AppendFile file) {
      this.name = name;
      this.file = file;
    }

    private How beginWrite(Operation operation) {
      if (failed) {
        throw new WeftException(
            ErrorCode.IO_FAILED, "an earlier write to the file '" + name + "' failed");
      }
      try {
        return begin(operation, name);
      } catch (WeftException failure) {
        failed = true;
        throw failure;
      }
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
      boolean isShort = beginWrite(Operation.APPEND) == How.SHORT;
      int written = takeRoom(name, isShort ? length / 2 : length);
      file.append(bytes, offset, written);
      if (written < length) {
        failed = true;
        throw failure(Operation.APPEND, name);
      }
    }

    @Override
    public void sync() {
      beginWrite(Operation.SYNC);
      file.sync();
    }

    @Override
    public long length() {
      return file.length();
    }

    @Override
    public void close() {
      file.close();
    }
  }

  private final class FaultyReadFile implements ReadFile {
    private final String name;
    private final ReadFile file;

    FaultyReadFile(String name, ReadFile file) {
      this.name = name;
      this.file = file;
    }

    @Override
    public void readAt(long position, byte[] target, int offset, int length) {
      if (begin(Operation.READ, name) == How.SHORT) {
        file.readAt(position, target, offset, length / 2);
        throw failure(Operation.READ, name);
      }
      file.readAt(position, target, offset, length);
    }

    @Override
    public long length() {
      return file.length();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
