package org.weftdb.storage;

import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** Files of which none can be changed: whatever would do it is {@link ErrorCode#INVALID_USE}. */
abstract class UnwritableStorage implements Storage {
  /** What messages call the files, and why they are not changed. */
  abstract String why(String name);

  private WeftException refused(String name, String what) {
    return new WeftException(ErrorCode.INVALID_USE, why(name) + " and cannot be " + what);
  }

  @Override
  public final AppendFile create(String name) {
    throw refused(name, "made");
  }

  @Override
  public final void sync(String name) {
    throw refused(name, "synced");
  }

  @Override
  public final void publish(String temporary, String name) {
    throw refused(name, "published");
  }

  @Override
  public final void delete(String name) {
    throw refused(name, "deleted");
  }
}
