package org.weftdb.cypher.ast;

/** What stands between two nodes of a path. */
public sealed interface PathConnection extends AstNode
    permits RelationshipPattern, QuantifiedPath {}
