// Relationships for plain loops: growing columns, and neighbours behind offsets made of them.

export class Edges {
  length = 0;
  from = new Int32Array(1024);
  to = new Int32Array(1024);
  value = new Int32Array(1024);

  add(from, to, value = 0) {
    if (this.length === this.from.length) {
      this.from = doubled(this.from);
      this.to = doubled(this.to);
      this.value = doubled(this.value);
    }
    this.from[this.length] = from;
    this.to[this.length] = to;
    this.value[this.length++] = value;
  }

  outgoing(nodes) {
    return adjacency(this.from, this.to, this.value, this.length, nodes);
  }

  incoming(nodes) {
    return adjacency(this.to, this.from, this.value, this.length, nodes);
  }
}

function doubled(array) {
  const result = new Int32Array(array.length * 2);
  result.set(array);
  return result;
}

/** Of node i, `neighbours` and `values` from `offsets[i]` to below `offsets[i + 1]`. */
function adjacency(from, to, value, length, nodes) {
  const offsets = new Int32Array(nodes + 1);
  const neighbours = new Int32Array(length);
  const values = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    offsets[from[i] + 1]++;
  }
  for (let i = 0; i < nodes; i++) {
    offsets[i + 1] += offsets[i];
  }
  const next = offsets.slice();
  for (let i = 0; i < length; i++) {
    const place = next[from[i]]++;
    neighbours[place] = to[i];
    values[place] = value[i];
  }
  return { offsets, neighbours, values };
}

/** Walks over adjacency. Marks are kept from walk to walk, so that none has to clear them. */
export class Walker {
  #stamp = 0;

  constructor(nodes) {
    this.marks = new Int32Array(nodes);
  }

  /**
   * Adds the nodes at the end of a step from the given ones, each once, but for those marked already. Stops
   * and gives true when one of them is `end`.
   */
  #step({ offsets, neighbours }, nodes, found, end = -1) {
    for (const node of nodes) {
      for (let i = offsets[node]; i < offsets[node + 1]; i++) {
        const neighbour = neighbours[i];
        if (neighbour === end) {
          return true;
        }
        if (this.marks[neighbour] !== this.#stamp) {
          this.marks[neighbour] = this.#stamp;
          found.push(neighbour);
        }
      }
    }
    return false;
  }

  /** How many nodes a walk of exactly so many steps can end at. */
  countAt(adjacency, start, steps) {
    let nodes = [start];
    for (let i = 0; i < steps; i++) {
      const found = [];
      this.#stamp++;
      this.#step(adjacency, nodes, found);
      nodes = found;
    }
    return nodes.length;
  }

  /** How many nodes a walk of one to so many steps can end at; the start too, if it can come back. */
  countUpTo(adjacency, start, steps) {
    return this.nodesUpTo(adjacency, start, steps).length;
  }

  /** The nodes that a walk of one to so many steps can end at. */
  nodesUpTo(adjacency, start, steps) {
    this.#stamp++;
    const all = [];
    let nodes = [start];
    for (let i = 0; i < steps && nodes.length > 0; i++) {
      const found = [];
      this.#step(adjacency, nodes, found);
      nodes = found;
      for (const node of found) {
        all.push(node);
      }
    }
    return all;
  }

  /** The nodes beside the start that have a neighbour with it, where nothing is there twice. */
  siblings(there, back, start) {
    this.#stamp++;
    this.marks[start] = this.#stamp;
    const found = [];
    this.#step(back, there.neighbours.subarray(there.offsets[start], there.offsets[start + 1]), found);
    return found;
  }

  /** The least number of steps, at most `most`, to another node over any of the adjacencies; or null. */
  distance(adjacencies, start, end, most) {
    this.#stamp++;
    this.marks[start] = this.#stamp;
    let nodes = [start];
    for (let steps = 1; steps <= most && nodes.length > 0; steps++) {
      const found = [];
      for (const adjacency of adjacencies) {
        if (this.#step(adjacency, nodes, found, end)) {
          return steps;
        }
      }
      nodes = found;
    }
    return null;
  }

  /** How many triangles of directed relationships there are, each counted from all three corners. */
  countTriangles(outgoing, incoming) {
    let count = 0;
    for (let a = 0; a < this.marks.length; a++) {
      this.#stamp++;
      for (let i = incoming.offsets[a]; i < incoming.offsets[a + 1]; i++) {
        this.marks[incoming.neighbours[i]] = this.#stamp;
      }
      for (let i = outgoing.offsets[a]; i < outgoing.offsets[a + 1]; i++) {
        const b = outgoing.neighbours[i];
        for (let j = outgoing.offsets[b]; j < outgoing.offsets[b + 1]; j++) {
          if (this.marks[outgoing.neighbours[j]] === this.#stamp) {
            count++;
          }
        }
      }
    }
    return count;
  }
}
