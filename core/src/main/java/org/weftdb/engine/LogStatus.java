package org.weftdb.engine;

import org.jspecify.annotations.Nullable;
import org.weftdb.error.WeftException;
import org.weftdb.log.Durability;

/**
 * How the log of a database stands.
 *
 * @param durability what commits wait for
 * @param durableLsn the last commit that is durable, or 0
 * @param nextLsn the number of the next commit
 * @param oldestLsn the oldest commit that can be had from the log; {@code nextLsn} when there is
 *     none
 * @param segments how many files the log has
 * @param bytes the bytes of the log that count
 * @param checkpointLsn the last commit in the newest snapshot, or 0 without one
 * @param checkpointMillis when that snapshot was made, in milliseconds since 1970; 0 without one,
 *     or when it was there before the opening
 * @param bytesSinceCheckpoint bytes of the log since then
 * @param checkpointFailure why the last attempt to make a checkpoint failed, or null; it is tried
 *     again
 * @param failure what made the database unusable until it is opened again, or null
 */
public record LogStatus(
    Durability durability,
    long durableLsn,
    long nextLsn,
    long oldestLsn,
    int segments,
    long bytes,
    long checkpointLsn,
    long checkpointMillis,
    long bytesSinceCheckpoint,
    @Nullable WeftException checkpointFailure,
    @Nullable WeftException failure) {}
