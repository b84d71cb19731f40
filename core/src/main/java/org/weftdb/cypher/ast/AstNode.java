package org.weftdb.cypher.ast;

/** Anything in the tree that was read from a stretch of the text. */
public sealed interface AstNode
    permits Statement,
        Clause,
        Hint,
        Pattern,
        PatternPart,
        PathPattern,
        NodePattern,
        PathConnection,
        Expression,
        LabelExpression,
        MapEntry,
        MapProjectionItem,
        CaseBranch,
        Projection,
        ReturnItem,
        SortItem,
        SetItem,
        RemoveItem,
        MergeAction,
        YieldItem {
  /** Where it was read from, without surrounding space. */
  Span span();
}
