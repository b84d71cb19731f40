/**
 * DEFLATE (RFC 1951) with the wrappings of zlib (RFC 1950) and gzip (RFC 1952), for {@code
 * bytes.compress} and {@code bytes.decompress}. Our own, so that the same bytes are made on every
 * platform, and so that what is unpacked can be bounded while it grows.
 *
 * <p>Nothing here is kept between calls; an object is for one thread. This package knows nothing of
 * Cypher.
 */
@NullMarked
package org.weftdb.cypher.function.deflate;

import org.jspecify.annotations.NullMarked;
