package org.weftdb.storage;

import java.util.List;
import org.weftdb.error.ErrorCode;

/** The files of another storage, of which none can be changed: {@link ErrorCode#INVALID_USE}. */
public final class ReadOnlyStorage extends UnwritableStorage {
  private final Storage files;

  public ReadOnlyStorage(Storage files) {
    this.files = files;
  }

  @Override
  public List<String> list() {
    return files.list();
  }

  @Override
  public boolean exists(String name) {
    return files.exists(name);
  }

  @Override
  public ReadFile openRead(String name) {
    return files.openRead(name);
  }

  @Override
  String why(String name) {
    return "the file '" + name + "' was opened for reading only";
  }

  @Override
  public void close() {
    files.close();
  }
}
