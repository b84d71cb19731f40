/** What tests of several areas share. */
@NullMarked
package org.weftdb.testing;

import org.jspecify.annotations.NullMarked;
