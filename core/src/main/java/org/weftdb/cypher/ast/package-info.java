/**
 * The syntax tree of openCypher: immutable records that say what a query's text says, and where.
 *
 * <p>A {@link org.weftdb.cypher.ast.ParsedQuery} holds the text and one {@link
 * org.weftdb.cypher.ast.Statement}: a {@link org.weftdb.cypher.ast.Query} made of {@link
 * org.weftdb.cypher.ast.Clause clauses}, or a schema command. Clauses hold {@link
 * org.weftdb.cypher.ast.Pattern patterns} and {@link org.weftdb.cypher.ast.Expression expressions}.
 * Every node has a {@link org.weftdb.cypher.ast.Span} of the text it was read from.
 *
 * <p>Invariants: lists are copied and unmodifiable; what the grammar demands (two operands, at
 * least one item) is checked by the constructors; the parser bounds the height of every tree, so
 * that recursive passes need no guard of their own. Records compare with their spans, so that two
 * places with the same text are different nodes; passes that key by node use identity.
 *
 * <p>Names are stored as the text means them: back-quotes are removed and escapes resolved.
 * Function names keep their spelling; whoever looks them up lowers the case.
 *
 * <p>All types are immutable and safe for any number of threads. This package knows of values only
 * how numbers are written, nothing of graphs or plans, and does not judge whether a query has a
 * meaning.
 */
@NullMarked
package org.weftdb.cypher.ast;

import org.jspecify.annotations.NullMarked;
