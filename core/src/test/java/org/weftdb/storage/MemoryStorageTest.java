package org.weftdb.storage;

final class MemoryStorageTest extends StorageContractTest {
  @Override
  protected Storage createStorage() {
    return new MemoryStorage();
  }
}
