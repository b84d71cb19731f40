package org.weftdb.storage;

/**
 * A format of files and the versions of it that this program reads.
 *
 * @param name four ASCII characters
 * @param oldestVersion the oldest version that is read, from 1
 * @param newestVersion the newest version that is read, and the one that is written
 */
public record FileFormat(String name, int oldestVersion, int newestVersion) {
  static final int NAME_LENGTH = 4;

  public FileFormat {
    if (name.length() != NAME_LENGTH || oldestVersion < 1 || newestVersion < oldestVersion) {
      throw new IllegalArgumentException(name + " " + oldestVersion + " to " + newestVersion);
    }
  }
}
