/**
 * What needs the JDK: {@link org.weftdb.jvm.FileStorage}, the directory on disk behind a database,
 * and {@link org.weftdb.jvm.JdkZoneRules}, the rules of named time zones. {@link
 * org.weftdb.jvm.JdkTextNormalizer} normalizes Unicode. {@link org.weftdb.jvm.Envelope} compresses
 * and encrypts snapshots.
 *
 * <p>Invariants: a directory is used by at most one open {@code FileStorage} in the whole machine;
 * what {@link org.weftdb.storage.Storage} calls durable has been through {@code fsync} of the file
 * and of the directory.
 *
 * <p>Threading: as {@link org.weftdb.storage.Storage} says. This is the only package of the core
 * that is not compiled to WebAssembly, and no other package of the core imports it.
 */
@NullMarked
package org.weftdb.jvm;

import org.jspecify.annotations.NullMarked;
