// The rows of workloads.json by hand. Rows are objects in an array with a Map from id to place.
import { Edges, Walker } from './adjacency.mjs';

class Table {
  index = new Map();
  rows = [];

  insert(rows) {
    for (const row of rows) {
      this.index.set(row.id, this.rows.length);
      this.rows.push({ ...row });
    }
  }

  merge(rows, property) {
    for (const row of rows) {
      const place = this.index.get(row.id);
      if (place === undefined) {
        this.insert([row]);
      } else {
        this.rows[place][property] = row.v;
      }
    }
  }

  get(id) {
    return this.rows[this.index.get(id)];
  }

  /** How many rows have ids from `lo` to below `hi`, and the sum of a property of theirs. */
  range({ lo, hi }, property) {
    let n = 0;
    let s = 0;
    for (let id = lo; id < hi; id++) {
      const row = this.get(id);
      if (row !== undefined) {
        n++;
        s += row[property];
      }
    }
    return { n, s };
  }
}

/** The functions that answer the rows, by the rows' names; `checks` by the word that begins `gen`. */
export function rawGraph() {
  const persons = new Table();
  const posts = new Table();
  const comments = new Table();
  const items = new Table();
  const knows = new Edges();
  const commentBy = [];
  const replyOf = [];
  let made = null;

  /** What is derived from the tables, made by the first row that reads. */
  function derived() {
    if (made === null) {
      const nodes = persons.rows.length;
      const repliesOf = new Map();
      for (const [comment, post] of replyOf) {
        const replies = repliesOf.get(post);
        replies ? replies.push(comment) : repliesOf.set(post, [comment]);
      }
      made = {
        outgoing: knows.outgoing(nodes),
        incoming: knows.incoming(nodes),
        walker: new Walker(nodes),
        repliesOf,
      };
    }
    return made;
  }

  const placeOf = (id) => persons.index.get(id);
  const addPairs = (pairs) => ({ rows }) => {
    for (const { src, dst } of rows) {
      pairs.push([src, dst]);
    }
    return [];
  };
  const steps = (direction, count) => ({ id }) => {
    const graph = derived();
    return [{ n: graph.walker.countAt(graph[direction], placeOf(id), count) }];
  };
  const distance = (most) => ({ a, b }) => {
    const { walker, outgoing } = derived();
    const n = walker.distance([outgoing], placeOf(a), placeOf(b), most);
    return n === null ? [] : [{ n }];
  };
  const insertInto = (table) => ({ rows }) => {
    table.insert(rows);
    return [];
  };
  const mergeInto = (table, property) => ({ rows }) => {
    table.merge(rows, property);
    return [];
  };
  const largestCities = () =>
    groups(persons.rows, (person) => person.city, (person) => person.age)
      .sort((a, b) => b.n - a.n || (a.city < b.city ? -1 : 1))
      .slice(0, 10);
  const highestScores = () => topTen(persons.rows);

  const rows = {
    load_person: insertInto(persons),
    load_post: insertInto(posts),
    load_comment: insertInto(comments),
    load_knows: ({ rows }) => {
      for (const { src, dst, since } of rows) {
        knows.add(placeOf(src), placeOf(dst), since);
      }
      return [];
    },
    load_post_by: addPairs([]),
    load_comment_by: addPairs(commentBy),
    load_reply_of: addPairs(replyOf),

    count_nodes: () => [{ n: persons.rows.length + posts.rows.length + comments.rows.length }],
    count_knows: () => [{ n: knows.length }],
    return_1: () => [{ x: 1 }],
    point_indexed: ({ id }) => {
      const person = persons.get(id);
      return person ? [{ id, name: person.name, age: person.age, city: person.city }] : [];
    },
    point_missing: ({ id }) => (persons.get(id) ? [{ id }] : []),
    scan_unindexed: ({ email }) => {
      const found = [];
      for (const person of persons.rows) {
        if (person.email === email) {
          found.push({ id: person.id, name: person.name });
        }
      }
      return found;
    },
    hop1: steps('outgoing', 1),
    hop2: steps('outgoing', 2),
    hop3: steps('outgoing', 3),
    hop2_in: steps('incoming', 2),
    varlen_1_3: ({ id }) => {
      const { walker, outgoing } = derived();
      return [{ n: walker.countUpTo(outgoing, placeOf(id), 3) }];
    },
    friends_list: ({ id }) => {
      const { offsets, neighbours, values } = derived().outgoing;
      const person = placeOf(id);
      const friends = [];
      for (let i = offsets[person]; i < offsets[person + 1]; i++) {
        const friend = persons.rows[neighbours[i]];
        friends.push({ id: friend.id, name: friend.name, since: values[i] });
      }
      return friends.sort((a, b) => b.since - a.since || a.id - b.id).slice(0, 20);
    },
    triangles: () => {
      const { walker, outgoing, incoming } = derived();
      return [{ n: walker.countTriangles(outgoing, incoming) }];
    },
    agg_city: largestCities,
    agg_city_with: largestCities,
    agg_join: () =>
      groups(
        commentBy,
        ([, person]) => persons.get(person).city,
        ([comment]) => comments.get(comment).length,
      ),
    top10: highestScores,
    top10_alias: highestScores,
    filter_count: () => {
      let n = 0;
      let s = 0;
      for (const person of persons.rows) {
        if (person.age > 40 && person.score < 500) {
          n++;
          s += person.age;
        }
      }
      return [{ n, s }];
    },
    shortest_path_3: distance(3),
    shortest_path: distance(6),
    thread: ({ id }) =>
      (derived().repliesOf.get(id) ?? []).map((comment) => ({
        id: comment,
        name: persons.get(commentBy[comment][1]).name,
        length: comments.rows[comment].length,
      })),
    return_range_100k: () => {
      const range = new Array(100_000);
      for (let i = 1; i <= range.length; i++) {
        range[i - 1] = { a: i, b: i * 2, c: 'row' };
      }
      return range;
    },
    return_person_rows: () =>
      persons.rows.map(({ id, name, age, city, score }) => ({ id, name, age, city, score })),
    return_person_nodes: () => persons.rows.map((person) => ({ p: { ...person } })),

    create_single: (row) => {
      items.insert([row]);
      return [];
    },
    create_batch: insertInto(items),
    merge_new: mergeInto(items, 'v'),
    merge_existing: mergeInto(persons, 'score'),
    update_batch: mergeInto(persons, 'score'),
    update_single: ({ id, v }) => {
      persons.get(id).score = v;
      return [];
    },
    detach_delete: ({ rows }) => {
      for (const { id } of rows) {
        persons.index.delete(id);
      }
      return [];
    },
  };
  const checks = {
    items: (range) => [items.range(range, 'v')],
    persons: (range) => [persons.range(range, 'score')],
    delete: (range) => [{ n: persons.range(range, 'score').n }],
  };
  return { rows, checks };
}

/** Count and average by city. */
function groups(rows, cityOf, numberOf) {
  const groups = new Map();
  for (const row of rows) {
    const city = cityOf(row);
    let group = groups.get(city);
    if (group === undefined) {
      groups.set(city, (group = { n: 0, sum: 0 }));
    }
    group.n++;
    group.sum += numberOf(row);
  }
  return [...groups].map(([city, { n, sum }]) => ({ city, n, a: sum / n }));
}

function topTen(persons) {
  const best = [];
  for (const person of persons) {
    if (best.length === 10 && person.score < best[9].score) {
      continue;
    }
    let place = best.length;
    while (place > 0 && isBefore(person, best[place - 1])) {
      place--;
    }
    best.splice(place, 0, person);
    best.length = Math.min(best.length, 10);
  }
  return best.map(({ id, score }) => ({ id, score }));
}

function isBefore(a, b) {
  return a.score > b.score || (a.score === b.score && a.id < b.id);
}
