package org.weftdb.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses where a connected part of a pattern starts and in which order its relationships are
 * followed, by estimated cost: the number of rows that all operators touch.
 *
 * <p>Up to {@link #MAX_EXHAUSTIVE} relationships all orders are compared (by dynamic programming
 * over the sets of relationships), beyond that the next relationship is always the one that leaves
 * the fewest rows.
 */
final class JoinOrder {
  static final int MAX_EXHAUSTIVE = 10;

  private final PatternGraph graph;
  private final Estimates estimates;
  private final AccessPaths accessPaths;

  /** How each node is found best with what is bound before the part in work, once that is known. */
  private final @Nullable Access[] found;

  JoinOrder(PatternGraph graph, Estimates estimates, AccessPaths accessPaths) {
    this.graph = graph;
    this.estimates = estimates;
    this.accessPaths = accessPaths;
    this.found = new @Nullable Access[graph.nodes.size()];
  }

  /** One step of an order. */
  sealed interface Step {
    /** Finds a node or relationship. */
    record Find(Access access) implements Step {}

    /** Follows a relationship from one of its ends. */
    record Follow(PatternRelationship relationship, boolean fromLeft) implements Step {}
  }

  /**
   * A way to match some relationships.
   *
   * @param before the way it goes on from, or null
   * @param bound the nodes that are bound then, by index
   */
  private record Way(
      @Nullable Way before, List<Step> steps, BitSet bound, double rows, double cost) {
    boolean isBetterThan(@Nullable Way other) {
      return other == null || cost < other.cost || cost == other.cost && rows < other.rows;
    }
  }

  /** The steps for one part of the pattern, about how many rows they give, and what they cost. */
  record Order(List<Step> steps, double rows, double cost) {}

  /**
   * Orders one connected part.
   *
   * @param nodes the indexes of its nodes
   * @param relationships those that are not matched yet
   * @param boundNodes the indexes of nodes that are bound already
   * @param boundSlots the slots that are bound already
   */
  Order order(
      List<Integer> nodes,
      List<PatternRelationship> relationships,
      BitSet boundNodes,
      BitSet boundSlots) {
    for (int node : nodes) {
      found[node] = null;
    }
    PatternRelationship.Search search =
        relationships.size() == 1 ? relationships.get(0).search() : null;
    Way best =
        search != null && !search.required().isEmpty()
            ? required(relationships.get(0), search.required(), boundNodes, boundSlots)
            : relationships.size() <= MAX_EXHAUSTIVE
                ? exhaustive(nodes, relationships, boundNodes, boundSlots)
                : greedy(nodes, relationships, boundNodes, boundSlots);
    List<Step> steps = new ArrayList<>();
    for (Way way = best; way != null; way = way.before()) {
      for (int i = way.steps().size() - 1; i >= 0; i--) {
        steps.add(way.steps().get(i));
      }
    }
    Collections.reverse(steps);
    return new Order(steps, best.rows(), best.cost());
  }

  private Access access(int node, BitSet boundSlots) {
    Access known = found[node];
    if (known == null) {
      known = accessPaths.best(graph.nodes.get(node), boundSlots);
      found[node] = known;
    }
    return known;
  }

  /** Finds nodes that a search needs one after another, and then follows it. */
  private Way required(
      PatternRelationship relationship, BitSet required, BitSet boundNodes, BitSet boundSlots) {
    Way way = new Way(null, List.of(), boundNodes, 1, 0);
    for (int i = required.nextSetBit(0); i >= 0; i = required.nextSetBit(i + 1)) {
      way = found(way, i, boundSlots);
    }
    Way best = follow(way, relationship, boundSlots);
    if (best == null) {
      for (int end : List.of(relationship.left(), relationship.right())) {
        Way other = follow(found(way, end, boundSlots), relationship, boundSlots);
        best = other != null && other.isBetterThan(best) ? other : best;
      }
    }
    if (best == null) {
      throw new IllegalStateException("the search has no end");
    }
    return best;
  }

  private Way found(Way way, int node, BitSet boundSlots) {
    if (way.bound().get(node)) {
      return way;
    }
    Access access = access(node, boundSlots);
    double rows = way.rows() * nodeRows(node);
    return new Way(
        way,
        List.of(new Step.Find(access)),
        with(way.bound(), node),
        rows,
        way.cost() + way.rows() * access.rows());
  }

  private Way exhaustive(
      List<Integer> nodes,
      List<PatternRelationship> relationships,
      BitSet boundNodes,
      BitSet boundSlots) {
    int count = relationships.size();
    @Nullable Way[] ways = new Way[1 << count];
    List<Way> starts = starts(nodes, boundNodes, boundSlots);
    if (count == 0) {
      Way best = null;
      for (Way start : starts) {
        best = start.isBetterThan(best) ? start : best;
      }
      return best == null ? new Way(null, List.of(), boundNodes, 1, 0) : best;
    }
    for (int r = 0; r < count; r++) {
      PatternRelationship relationship = relationships.get(r);
      for (Way start : starts) {
        offer(ways, 1 << r, follow(start, relationship, boundSlots));
      }
      offer(ways, 1 << r, find(relationship, boundNodes, boundSlots));
    }
    for (int set = 1; set < ways.length; set++) {
      Way way = ways[set];
      for (int r = 0; r < count && way != null; r++) {
        if ((set & 1 << r) == 0) {
          offer(ways, set | 1 << r, follow(way, relationships.get(r), boundSlots));
        }
      }
    }
    Way best = ways[ways.length - 1];
    if (best == null) {
      throw new IllegalStateException("the pattern is not connected");
    }
    return best;
  }

  private static void offer(@Nullable Way[] ways, int set, @Nullable Way way) {
    if (way != null && way.isBetterThan(ways[set])) {
      ways[set] = way;
    }
  }

  private Way greedy(
      List<Integer> nodes,
      List<PatternRelationship> relationships,
      BitSet boundNodes,
      BitSet boundSlots) {
    Way way = null;
    for (Way start : starts(nodes, boundNodes, boundSlots)) {
      way = way == null || start.rows() < way.rows() ? start : way;
    }
    List<PatternRelationship> left = new ArrayList<>(relationships);
    while (!left.isEmpty()) {
      Way next = null;
      int chosen = -1;
      for (int i = 0; i < left.size(); i++) {
        Way candidate = way == null ? null : follow(way, left.get(i), boundSlots);
        if (candidate != null && (next == null || candidate.rows() < next.rows())) {
          next = candidate;
          chosen = i;
        }
      }
      if (next == null) {
        throw new IllegalStateException("the pattern is not connected");
      }
      left.remove(chosen);
      way = next;
    }
    return way == null ? new Way(null, List.of(), boundNodes, 1, 0) : way;
  }

  private List<Way> starts(List<Integer> nodes, BitSet boundNodes, BitSet boundSlots) {
    List<Way> starts = new ArrayList<>();
    for (int node : nodes) {
      if (boundNodes.get(node)) {
        return List.of(new Way(null, List.of(), boundNodes, 1, 0));
      }
    }
    for (int node : nodes) {
      Access access = access(node, boundSlots);
      BitSet bound = with(boundNodes, node);
      starts.add(
          new Way(null, List.of(new Step.Find(access)), bound, nodeRows(node), access.rows()));
    }
    return starts;
  }

  private double nodeRows(int node) {
    return estimates.population(node) * estimates.selectivity(node);
  }

  private static BitSet with(BitSet set, int index) {
    BitSet result = (BitSet) set.clone();
    result.set(index);
    return result;
  }

  /**
   * Starts with an index on the relationship or with those of its types, when neither of its
   * different ends is bound.
   */
  private @Nullable Way find(
      PatternRelationship relationship, BitSet boundNodes, BitSet boundSlots) {
    int left = relationship.left();
    int right = relationship.right();
    if (left == right
        || boundNodes.get(left)
        || boundNodes.get(right)
        || relationship.length() != null) {
      return null;
    }
    double ends = estimates.selectivity(left) * estimates.selectivity(right);
    BitSet bound = with(with(boundNodes, left), right);
    Access access = accessPaths.byId(relationship, boundSlots);
    access = access == null ? accessPaths.best(relationship, boundSlots) : access;
    if (access != null) {
      double rows = access.rows() * ends;
      return new Way(null, List.of(new Step.Find(access)), bound, rows, access.rows());
    }
    Access scan = accessPaths.scan(relationship);
    double rows = scan.rows() * ends * estimates.conditions(relationship);
    double cost = estimates.relationshipScan(relationship) + 2 * scan.rows();
    return new Way(null, List.of(new Step.Find(scan)), bound, rows, cost);
  }

  private @Nullable Way follow(Way way, PatternRelationship relationship, BitSet boundSlots) {
    int left = relationship.left();
    int right = relationship.right();
    boolean hasLeft = way.bound().get(left);
    boolean hasRight = way.bound().get(right);
    boolean search = relationship.selected() != null;
    if (hasLeft && hasRight) {
      double rows = way.rows() * estimates.degree(relationship, left) / estimates.population(right);
      double touched =
          relationship.length() == null
              ? way.rows() * 2
              : way.rows()
                  * (search ? estimates.search() : 1 + estimates.degree(relationship, left));
      Step step = new Step.Follow(relationship, true);
      return new Way(way, List.of(step), way.bound(), rows, way.cost() + touched + rows);
    }
    if (!hasLeft && !hasRight) {
      return null;
    }
    boolean fromLeft = hasLeft;
    int from = fromLeft ? left : right;
    int to = relationship.other(from);
    double expanded = way.rows() * estimates.degree(relationship, from);
    double rows = expanded * estimates.selectivity(to) * labelPart(relationship, to);
    BitSet bound = with(way.bound(), to);
    Step step = new Step.Follow(relationship, fromLeft);
    Way expand = new Way(way, List.of(step), bound, rows, way.cost() + way.rows() + expanded);
    if (relationship.length() != null && !search) {
      return expand;
    }
    Access access = access(to, boundSlots);
    if (!access.isSeek()) {
      return expand;
    }
    double found = way.rows() * access.rows();
    double joined = found * (search ? estimates.search() : 2);
    Way seek =
        new Way(
            way,
            List.of(new Step.Find(access), step),
            bound,
            rows,
            way.cost() + way.rows() * 2 + joined + rows);
    return seek.isBetterThan(expand) ? seek : expand;
  }

  /** What the labels of a node leave of the ends of paths, which may end anywhere. */
  private double labelPart(PatternRelationship relationship, int to) {
    return relationship.length() == null && !relationship.types().isEmpty()
        ? 1
        : estimates.population(to) / estimates.allNodes();
  }
}
