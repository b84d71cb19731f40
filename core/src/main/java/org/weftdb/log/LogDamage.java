package org.weftdb.log;

import org.weftdb.error.ErrorCode;

/**
 * Something in a log that is not as it should be.
 *
 * @param file the segment's file
 * @param offset where in it, or -1 when it concerns the file as a whole
 * @param lsn the first commit that it concerns, or 0 when that is not known
 * @param code what an opening that meets it reports
 * @param message what was found, with file and offset
 */
public record LogDamage(String file, long offset, long lsn, ErrorCode code, String message) {}
