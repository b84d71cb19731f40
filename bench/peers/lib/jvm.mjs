// How the peers on the JVM are started.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

/** The class of each peer's adapter. */
export const jvmPeers = {
  'weftdb-jvm': 'org.weftdb.bench.peers.WeftDbPeer',
  neo4j: 'org.weftdb.bench.peers.neo4j.Neo4jPeer',
};

// Neo4j asks for what a JDK does not open by itself.
const OPTIONS = [
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
  '--add-opens=java.base/java.io=ALL-UNNAMED',
  '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
  '--add-opens=java.base/java.lang=ALL-UNNAMED',
  '--enable-native-access=ALL-UNNAMED',
  '--add-modules=jdk.incubator.vector',
];

let java = null;

/** The newest JDK here: its java command and its version. */
export function newestJava() {
  if (java === null) {
    const show = ['-XshowSettings:properties', '-version'];
    const { stderr } = spawnSync(path('scripts/java.sh'), show, { encoding: 'utf8' });
    const setting = (name) => stderr.match(new RegExp(`^ *${name} = (.*)$`, 'm'))[1];
    const version = setting('java.version');
    java = { command: `${setting('java.home')}/bin/java`, version, major: Number.parseInt(version, 10) };
  }
  return java;
}

/** The command that runs a class of the package `org.weftdb.bench.peers`. */
export function javaCommand(className, args, heap = '4g') {
  const neo4jClasspath = path('bench/peers/neo4j/target/classpath.txt');
  const classpath = [path('bench/target/classes'), path('core/target/classes')];
  if (existsSync(neo4jClasspath)) {
    classpath.push(path('bench/peers/neo4j/target/classes'));
    classpath.push(readFileSync(neo4jClasspath, 'utf8').trim());
  }
  const { command, major } = newestJava();
  const options = [`-Xmx${heap}`, ...OPTIONS, '-classpath', classpath.join(delimiter)];
  if (major >= 23) {
    options.push('--sun-misc-unsafe-memory-access=allow');
  }
  return [command, [...options, `org.weftdb.bench.peers.${className}`, ...args]];
}
