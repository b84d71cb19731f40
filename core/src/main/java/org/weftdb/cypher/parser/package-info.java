/**
 * From the text of a query to its {@linkplain org.weftdb.cypher.ast syntax tree}: a lexer and a
 * recursive-descent parser with binding powers for the operators.
 *
 * <p>{@link org.weftdb.cypher.parser.CypherParser#parse} is the way in. The text is cut into tokens
 * first, with the matching bracket of every bracket, so that what an opening bracket starts (a
 * pattern or an expression) is decided by looking ahead, never by trying and going back: time is
 * linear in the length of the text, for every text.
 *
 * <p>Everything wrong is a {@link org.weftdb.error.WeftException} of the category SYNTAX or
 * RESOURCE, with the place and what was expected; the first one in the order of the text. A
 * character or literal that is wrong in itself is reported when the parser comes to it, so that an
 * earlier mistake is reported first.
 *
 * <p>Depth is bounded ({@link org.weftdb.cypher.parser.CypherParser#MAX_NESTING}), both of the
 * recursion here and of the tree, because a stack overflow cannot be caught in WebAssembly. Chains
 * of AND, OR, XOR and comparisons, lists, patterns and clauses may be long; they are flat.
 *
 * <p>Without state; any number of threads. This package knows the tree, and of values only how
 * numbers are written.
 */
@NullMarked
package org.weftdb.cypher.parser;

import org.jspecify.annotations.NullMarked;
