/** Tests of the semantic analysis. */
@NullMarked
package org.weftdb.cypher.semantic;

import org.jspecify.annotations.NullMarked;
