package org.weftdb.storage;

import java.util.List;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** The files of another storage, of which none can be changed: {@link ErrorCode#INVALID_USE}. */
public final class ReadOnlyStorage implements Storage {
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
  public AppendFile create(String name) {
    throw refused(name);
  }

  @Override
  public void sync(String name) {
    throw refused(name);
  }

  @Override
  public void publish(String temporary, String name) {
    throw refused(name);
  }

  @Override
  public void delete(String name) {
    throw refused(name);
  }

  private static WeftException refused(String name) {
    return new WeftException(
        ErrorCode.INVALID_USE, "the file '" + name + "' was opened for reading only");
  }

  @Override
  public void close() {
    files.close();
  }
}
