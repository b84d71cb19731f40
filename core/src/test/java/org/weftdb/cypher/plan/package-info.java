/** Tests of the planner: printed plans of queries over stores of given sizes. */
@NullMarked
package org.weftdb.cypher.plan;

import org.jspecify.annotations.NullMarked;
