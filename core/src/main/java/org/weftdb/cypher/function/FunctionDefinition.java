package org.weftdb.cypher.function;

import org.weftdb.cypher.semantic.FunctionSignature;

/**
 * A scalar function and how it may be called.
 *
 * @param name the name as it is usually written, such as {@code toUpper}
 * @param signature the numbers and types of its arguments; a call that breaks it does not reach the
 *     body
 * @param body what it computes
 */
public record FunctionDefinition(String name, FunctionSignature signature, ScalarFunction body) {}
