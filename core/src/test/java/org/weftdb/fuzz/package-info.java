/** Tests with texts that nobody would write. */
@NullMarked
package org.weftdb.fuzz;

import org.jspecify.annotations.NullMarked;
