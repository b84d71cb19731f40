// What Kuzu and its successor LadybugDB share: tables are declared, and statements prepared once and kept.

const TYPES = { int: 'INT64', string: 'STRING', double: 'DOUBLE' };

/** The statements that declare a schema's tables. */
export function declarations({ nodes, rels }) {
  const columns = (table) =>
    Object.entries(table.columns).map(([name, type]) => `${name} ${TYPES[type]}`);
  return [
    ...Object.entries(nodes).map(
      ([label, table]) =>
        `CREATE NODE TABLE ${label}(${columns(table).join(', ')}, PRIMARY KEY(${table.key}))`,
    ),
    ...Object.entries(rels).map(
      ([type, table]) =>
        `CREATE REL TABLE ${type}(${[`FROM ${table.from} TO ${table.to}`, ...columns(table)].join(', ')})`,
    ),
  ];
}

/** The statements that load a data set's tables from their files. */
export function copies(directory, { load, separator, schema }) {
  const names = [...Object.keys(schema.nodes), ...Object.keys(schema.rels)];
  return load.map(({ file }) => {
    const table = names.find((name) => `${name.toLowerCase()}.` === file.replace(/[a-z]+$/, ''));
    const options = separator === undefined ? 'HEADER=true' : `HEADER=true, DELIM='${separator}'`;
    return `COPY ${table} FROM '${directory}${file}' (${options})`;
  });
}

/**
 * A database by four functions that both packages have under other names: `prepare(cypher)`,
 * `run(statement, parameters)` and `query(cypher)`, which give results, and `rows(result)`, which closes one.
 */
export function preparing({ prepare, run, query, rows }, { schema }) {
  const statements = new Map();
  const runAll = (texts) => texts.forEach((text) => rows(query(text)));
  if (schema) {
    runAll(declarations(schema));
  }
  return {
    dialect: 'kuzu',
    execute(cypher, parameters) {
      let statement = statements.get(cypher);
      if (statement === undefined) {
        statement = prepare(cypher);
        statements.set(cypher, statement);
      }
      return rows(run(statement, parameters));
    },
    bulkLoad: (directory, spec) => runAll(copies(directory, spec)),
  };
}
