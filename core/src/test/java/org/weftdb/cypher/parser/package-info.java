/** Tests of the parser. */
@NullMarked
package org.weftdb.cypher.parser;

import org.jspecify.annotations.NullMarked;
