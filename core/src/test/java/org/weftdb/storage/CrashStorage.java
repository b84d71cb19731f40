package org.weftdb.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.bytes.Prng;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/**
 * A storage in memory that loses everything a power cut may take by the contract of {@link
 * Storage}, and that can fail at any of its operations.
 *
 * <p>{@link #afterPowerCut} gives what a disk may hold after the power went: synced bytes stay;
 * each append since the last sync is kept, dropped or torn by seed, so that its beginning, its end
 * or something between is left, and zeros or garbage stand for what was dropped; a name whose
 * change is not durable is in any of the states it had since it last was. {@link
 * #afterWorstPowerCut} leaves only what was durable. {@link #afterProcessDeath} gives what the next
 * process finds when only the process died: everything, but as little of it durable as before; when
 * it died in the midst of an append, only the beginning of that ({@link
 * #afterProcessDeathDuringAppend}).
 *
 * <p>{@link #observe} tells of each operation before it takes effect, so that all of these can be
 * taken at every moment of one run. {@link #cutPowerAt} lets the operation with a number, and all
 * after it, fail; by seed it takes effect before or not. {@link #failOnceAt} lets just that
 * operation fail, without effect.
 */
public final class CrashStorage implements Storage {
  /** What changes something. */
  public enum Operation {
    CREATE,
    APPEND,
    SYNC,
    PUBLISH,
    DELETE
  }

  /** Is told of each operation before it takes effect. */
  public interface Observer {
    /** With the file's name; of a publish the one that it is to have. */
    void before(Operation operation, String name);
  }

  /** A file's bytes, of which the first {@code syncedLength} are durable. */
  private static final class Content {
    final ByteWriter bytes = new ByteWriter(0);
    final List<Integer> unsyncedEnds = new ArrayList<>();
    int syncedLength;
    boolean open;

    void sync() {
      syncedLength = bytes.position();
      unsyncedEnds.clear();
    }

    /** Whether nothing can happen to it any more, so that copies of the storage can share it. */
    boolean isSettled() {
      return !open && syncedLength == bytes.position();
    }
  }

  /** A publish in the midst of which a process died: it has happened, but may be undone. */
  private record Unsettled(
      String temporary, String name, @Nullable Content replaced, Content content) {}

  private final TreeMap<String, Content> files = new TreeMap<>();

  /**
   * Per name the files (null: none) it may have after a power cut; absent: only what it has now.
   */
  private final TreeMap<String, List<Content>> possible = new TreeMap<>();

  private @Nullable Unsettled unsettled;

  /**
   * The file that the last operation has appended to, if it was an append, and where that began.
   */
  private @Nullable Content appended;

  private int appendedFrom;
  private @Nullable Observer observer;
  private int operations;
  private int failAt = Integer.MAX_VALUE;
  private boolean failOnce;
  private Prng cutChoices = new Prng(0);
  private boolean powerIsOff;
  private boolean closed;

  /** The operations so far that change something: create, append, sync, publish, delete. */
  public synchronized int operations() {
    return operations;
  }

  /** Lets the power go at an operation, counted from 1. */
  public synchronized void cutPowerAt(int operation, long seed) {
    failAt = operation;
    failOnce = false;
    cutChoices = new Prng(seed);
  }

  /** Lets one operation, counted from 1, fail without effect. */
  public synchronized void failOnceAt(int operation) {
    failAt = operation;
    failOnce = true;
  }

  /** Whether the power went. */
  public synchronized boolean powerIsOff() {
    return powerIsOff;
  }

  /** Tells of each operation from now on; copies do not. */
  public synchronized void observe(@Nullable Observer newObserver) {
    observer = newObserver;
  }

  /** What may be left when the power goes now. */
  public synchronized CrashStorage afterPowerCut(long seed) {
    Prng random = new Prng(seed);
    TreeMap<String, Content> left = new TreeMap<>(files);
    for (Map.Entry<String, List<Content>> entry : possible.entrySet()) {
      Content chosen = entry.getValue().get(random.nextInt(entry.getValue().size()));
      putOrRemove(left, entry.getKey(), chosen);
    }
    if (unsettled != null && random.nextBoolean()) {
      putOrRemove(left, unsettled.name, unsettled.replaced);
      left.put(unsettled.temporary, unsettled.content);
    }
    CrashStorage result = new CrashStorage();
    for (Map.Entry<String, Content> entry : left.entrySet()) {
      result.files.put(entry.getKey(), afterPowerCut(entry.getValue(), random));
    }
    return result;
  }

  private static void putOrRemove(
      TreeMap<String, Content> target, String name, @Nullable Content content) {
    if (content == null) {
      target.remove(name);
    } else {
      target.put(name, content);
    }
  }

  private static Content afterPowerCut(Content content, Prng random) {
    if (content.isSettled()) {
      return content;
    }
    byte[] bytes = content.bytes.toByteArray();
    int length = content.syncedLength;
    int start = content.syncedLength;
    for (int end : content.unsyncedEnds) {
      int from = start;
      int to = start;
      switch (random.nextInt(4)) {
        case 0 -> to = end;
        case 1 -> to = start + random.nextInt(end - start + 1);
        case 2 -> {
          from = start + random.nextInt(end - start + 1);
          to = from + random.nextInt(end - from + 1);
        }
        default -> {}
      }
      if (to > from) {
        length = to;
      }
      if (random.nextInt(8) == 0) {
        length = end;
      }
      overwrite(bytes, start, from, random);
      overwrite(bytes, to, end, random);
      start = end;
    }
    return durable(bytes, length);
  }

  private static void overwrite(byte[] bytes, int from, int to, Prng random) {
    if (random.nextBoolean()) {
      Arrays.fill(bytes, from, to, (byte) 0);
    } else {
      random.nextBytes(bytes, from, to - from);
    }
  }

  private static Content durable(byte[] bytes, int length) {
    Content result = new Content();
    result.bytes.writeBytes(bytes, 0, length);
    result.sync();
    return result;
  }

  /** What is left when the power goes now and takes all it may take. */
  public synchronized CrashStorage afterWorstPowerCut() {
    TreeMap<String, Content> left = new TreeMap<>(files);
    for (Map.Entry<String, List<Content>> entry : possible.entrySet()) {
      putOrRemove(left, entry.getKey(), entry.getValue().get(0));
    }
    if (unsettled != null) {
      putOrRemove(left, unsettled.name, unsettled.replaced);
      left.put(unsettled.temporary, unsettled.content);
    }
    CrashStorage result = new CrashStorage();
    for (Map.Entry<String, Content> entry : left.entrySet()) {
      Content content = entry.getValue();
      result.files.put(
          entry.getKey(),
          content.isSettled() ? content : durable(content.bytes.array(), content.syncedLength));
    }
    return result;
  }

  /** What the next process finds when this one dies now. */
  public synchronized CrashStorage afterProcessDeath() {
    return afterProcessDeath(new IdentityHashMap<>());
  }

  /**
   * What the next process finds when this one has died in the midst of its last operation, or null
   * when that was no append.
   */
  public synchronized @Nullable CrashStorage afterProcessDeathDuringAppend(long seed) {
    if (appended == null || appended.bytes.position() == appendedFrom) {
      return null;
    }
    IdentityHashMap<Content, Content> copies = new IdentityHashMap<>();
    CrashStorage result = afterProcessDeath(copies);
    Content torn = copies.get(appended);
    int length = torn.bytes.position() - appendedFrom;
    torn.bytes.truncate(appendedFrom + new Prng(seed).nextInt(length));
    torn.unsyncedEnds.remove(torn.unsyncedEnds.size() - 1);
    torn.unsyncedEnds.add(torn.bytes.position());
    return result;
  }

  private CrashStorage afterProcessDeath(IdentityHashMap<Content, Content> copies) {
    CrashStorage result = new CrashStorage();
    for (Map.Entry<String, Content> entry : files.entrySet()) {
      result.files.put(entry.getKey(), copy(entry.getValue(), copies));
    }
    for (Map.Entry<String, List<Content>> entry : possible.entrySet()) {
      List<Content> states = new ArrayList<>();
      for (Content state : entry.getValue()) {
        states.add(state == null ? null : copy(state, copies));
      }
      result.possible.put(entry.getKey(), states);
    }
    if (unsettled != null) {
      Content replaced = unsettled.replaced;
      result.unsettled =
          new Unsettled(
              unsettled.temporary,
              unsettled.name,
              replaced == null ? null : copy(replaced, copies),
              copy(unsettled.content, copies));
    }
    return result;
  }

  /**
   * What the next process finds when this one dies in the midst of a publish: the new name, which a
   * power cut may still undo as long as nobody has synced it.
   */
  public synchronized CrashStorage afterProcessDeathDuringPublish(String temporary, String name) {
    CrashStorage result = afterProcessDeath();
    Content content = result.files.remove(temporary);
    if (content == null) {
      throw StorageErrors.notFound(temporary);
    }
    result.unsettled = new Unsettled(temporary, name, result.files.put(name, content), content);
    result.possible.remove(temporary);
    result.possible.remove(name);
    return result;
  }

  /** The name is durable now. */
  private void settle(String name) {
    possible.remove(name);
    if (unsettled != null && unsettled.name.equals(name)) {
      unsettled = null;
    }
  }

  private static Content copy(Content content, IdentityHashMap<Content, Content> copies) {
    if (content.isSettled()) {
      return content;
    }
    Content known = copies.get(content);
    if (known != null) {
      return known;
    }
    Content result = new Content();
    result.bytes.writeBytes(content.bytes.array(), 0, content.bytes.position());
    result.unsyncedEnds.addAll(content.unsyncedEnds);
    result.syncedLength = content.syncedLength;
    copies.put(content, result);
    return result;
  }

  /** The bytes of a file, for tests that damage them. */
  public synchronized byte[] bytesOf(String name) {
    return files.get(name).bytes.toByteArray();
  }

  /** Gives a file other bytes, durably. */
  public synchronized void replaceBytes(String name, byte[] bytes) {
    Content content = new Content();
    content.bytes.writeBytes(bytes);
    content.sync();
    files.put(name, content);
    possible.remove(name);
  }

  /** Removes a file, durably. */
  public synchronized void remove(String name) {
    files.remove(name);
    possible.remove(name);
  }

  private void checkUsable() {
    if (closed) {
      throw StorageErrors.storageClosed();
    }
    if (powerIsOff) {
      throw new WeftException(ErrorCode.IO_FAILED, "the power is off");
    }
  }

  /** Counts an operation; true when it is to take effect and then fail. */
  private boolean begin(Operation operation, String name) {
    checkUsable();
    if (observer != null) {
      observer.before(operation, name);
    }
    appended = null;
    operations++;
    if (operations != failAt) {
      return false;
    }
    if (!failOnce) {
      powerIsOff = true;
      if (cutChoices.nextBoolean()) {
        return true;
      }
    }
    throw failure();
  }

  private static void end(boolean fail) {
    if (fail) {
      throw failure();
    }
  }

  private static WeftException failure() {
    return new WeftException(ErrorCode.IO_FAILED, "the medium failed, as the test asked it to");
  }

  private void change(String name, Content content) {
    List<Content> states = possible.computeIfAbsent(name, absent -> new ArrayList<>());
    if (states.isEmpty()) {
      states.add(files.get(name));
    }
    states.add(content);
    if (content == null) {
      files.remove(name);
    } else {
      files.put(name, content);
    }
  }

  private Content closedFile(String name) {
    checkUsable();
    Content content = files.get(FileNames.checked(name));
    if (content == null) {
      throw StorageErrors.notFound(name);
    }
    if (content.open) {
      throw StorageErrors.stillOpen(name);
    }
    return content;
  }

  @Override
  public synchronized List<String> list() {
    checkUsable();
    return new ArrayList<>(files.keySet());
  }

  @Override
  public synchronized boolean exists(String name) {
    checkUsable();
    return files.containsKey(FileNames.checked(name));
  }

  @Override
  public synchronized AppendFile create(String name) {
    checkUsable();
    if (files.containsKey(FileNames.checked(name))) {
      throw StorageErrors.alreadyExists(name);
    }
    boolean fail = begin(Operation.CREATE, name);
    Content content = new Content();
    content.open = true;
    change(name, content);
    end(fail);
    return new CrashAppendFile(name, content);
  }

  @Override
  public synchronized ReadFile openRead(String name) {
    return new CrashReadFile(name, closedFile(name).bytes.toByteArray());
  }

  @Override
  public synchronized void sync(String name) {
    Content content = closedFile(name);
    boolean fail = begin(Operation.SYNC, name);
    content.sync();
    settle(name);
    end(fail);
  }

  @Override
  public synchronized void publish(String temporary, String name) {
    Content content = closedFile(temporary);
    if (FileNames.checked(name).equals(temporary)) {
      throw StorageErrors.sameName(name);
    }
    Content replaced = files.get(name);
    if (replaced != null && replaced.open) {
      throw StorageErrors.stillOpen(name);
    }
    if (content.syncedLength < content.bytes.position()) {
      throw new IllegalStateException(temporary + " is published without a sync");
    }
    boolean fail = begin(Operation.PUBLISH, name);
    files.remove(temporary);
    files.put(name, content);
    possible.remove(temporary);
    settle(name);
    end(fail);
  }

  @Override
  public synchronized void delete(String name) {
    closedFile(name);
    boolean fail = begin(Operation.DELETE, name);
    change(name, null);
    end(fail);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private final class CrashAppendFile implements AppendFile {
    private final String name;
    private final Content content;
    private boolean failed;

    CrashAppendFile(String name, Content content) {
      this.name = name;
      this.content = content;
    }

    private boolean beginWrite(Operation operation) {
      checkUsable();
      if (!content.open) {
        throw StorageErrors.fileClosed(name);
      }
      if (failed) {
        throw failure();
      }
      failed = true;
      boolean fail = begin(operation, name);
      failed = fail;
      return fail;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
      synchronized (CrashStorage.this) {
        boolean fail = beginWrite(Operation.APPEND);
        appended = content;
        appendedFrom = content.bytes.position();
        content.bytes.writeBytes(bytes, offset, length);
        content.unsyncedEnds.add(content.bytes.position());
        end(fail);
      }
    }

    @Override
    public void sync() {
      synchronized (CrashStorage.this) {
        boolean fail = beginWrite(Operation.SYNC);
        content.sync();
        settle(name);
        end(fail);
      }
    }

    @Override
    public long length() {
      synchronized (CrashStorage.this) {
        return content.bytes.position();
      }
    }

    @Override
    public void close() {
      synchronized (CrashStorage.this) {
        content.open = false;
      }
    }
  }

  private static final class CrashReadFile implements ReadFile {
    private final String name;
    private final byte[] bytes;
    private boolean closed;

    CrashReadFile(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public void readAt(long position, byte[] target, int offset, int length) {
      if (closed) {
        throw StorageErrors.fileClosed(name);
      }
      if (position < 0) {
        throw new WeftException(ErrorCode.INVALID_USE, "position " + position);
      }
      if (position > bytes.length - length) {
        throw StorageErrors.endsBefore(name, position, length, bytes.length);
      }
      System.arraycopy(bytes, (int) position, target, offset, length);
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
