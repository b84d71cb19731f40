/**
 * The tools behind the demo application: WordNet 3.1 as a graph, and a small web server.
 *
 * <p>They use WeftDB as any other program would, through {@link org.weftdb.Database} and Cypher.
 */
@NullMarked
package org.weftdb.demo;

import org.jspecify.annotations.NullMarked;
