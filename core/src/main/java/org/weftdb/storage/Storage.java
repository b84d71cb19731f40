package org.weftdb.storage;

import java.util.List;
import org.weftdb.error.ErrorCode;

/**
 * Files under flat names, as a directory, an object store or a browser's storage can all keep them.
 *
 * <p>A file is created, appended, synced, closed and then immutable. There is no overwriting, no
 * truncating and no appending to a closed file. {@link FileNames} says what a name may be; other
 * names are {@link ErrorCode#INVALID_USE}. Failures of the medium are {@link ErrorCode#IO_FAILED},
 * and use after {@link #close} is {@link ErrorCode#CLOSED}.
 *
 * <p>What a power cut may do, unless a method says otherwise: of the appends to a file that came
 * after its last sync, each may be there, missing (so that bytes of any value stand in its place
 * when a later one is there) or there in part; a file that was created but never synced may be
 * gone; a deleted file may be back; a publish that had not returned may have happened or not.
 *
 * <p>Not promised: any order among changes that were not synced; that a deletion ever is durable;
 * that names differing only in case are different; any speed of {@link #list}.
 */
public interface Storage extends AutoCloseable {
  /** The names of all files, closed or not, in ascending order of their characters. */
  List<String> list();

  /** Whether a file has this name. */
  boolean exists(String name);

  /**
   * Makes an empty file that can be appended to until it is closed. Its name is durable when its
   * first {@link AppendFile#sync} has returned, not before.
   *
   * @throws org.weftdb.error.WeftException {@link ErrorCode#FILE_ALREADY_EXISTS}
   */
  AppendFile create(String name);

  /**
   * Opens a closed file for reading. What is read is not promised to be durable: it may have been
   * left behind by a process that died before its sync; see {@link #sync}.
   *
   * @throws org.weftdb.error.WeftException {@link ErrorCode#FILE_NOT_FOUND}, or {@link
   *     ErrorCode#INVALID_USE} for a file that is still appended to
   */
  ReadFile openRead(String name);

  /**
   * Makes the bytes and the name of a closed file durable, whoever wrote it.
   *
   * @throws org.weftdb.error.WeftException {@link ErrorCode#FILE_NOT_FOUND}, or {@link
   *     ErrorCode#INVALID_USE} for a file that is still appended to
   */
  void sync(String name);

  /**
   * Gives a closed and synced file its final name, in place of the file that had that name, if one
   * had. Readers and a power cut see the whole old file or the whole new one, and the new one from
   * when this method has returned. A file that is open for reading stays readable as it was.
   *
   * <p>Not promised: that bytes of the temporary that were not synced become durable.
   *
   * @throws org.weftdb.error.WeftException {@link ErrorCode#FILE_NOT_FOUND} when there is no such
   *     temporary, or {@link ErrorCode#INVALID_USE} when either file is still appended to or the
   *     names are the same
   */
  void publish(String temporary, String name);

  /**
   * Removes a closed file. A file that is open for reading stays readable.
   *
   * <p>Not promised: that the file stays away after a power cut.
   *
   * @throws org.weftdb.error.WeftException {@link ErrorCode#FILE_NOT_FOUND}, or {@link
   *     ErrorCode#INVALID_USE} for a file that is still appended to
   */
  void delete(String name);

  /** Gives up the storage; a second call does nothing. Does not sync anything. */
  @Override
  void close();
}
