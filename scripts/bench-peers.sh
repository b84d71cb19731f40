#!/usr/bin/env bash
# Measures WeftDB beside other embedded graph databases: installs and builds what that needs, makes the
# data, runs every peer in turn and writes the tables of docs/benchmarks.md. By default all peers on the
# size M, once. Options are those of bench/peers/run.mjs, such as
#   scripts/bench-peers.sh --peers raw-js,weftdb-wasm,neo4j --sizes S,wordnet --rows hop1,hop2 --runs 3
source "$(dirname "$0")/common.sh"

# The value of an option of this script, or its default.
option() {
  local name=$1 value=$2
  shift 2
  while [ $# -gt 0 ]; do
    case $1 in
      "$name") value=${2:-} ;;
      "$name="*) value=${1#*=} ;;
    esac
    shift
  done
  echo "$value"
}
peers=$(option --peers all "$@")
sizes=$(option --sizes start,M "$@")
out=$(option --out bench/peers/results/results.jsonl "$@")

scripts/check-java.sh
scripts/check-node.sh
scripts/set-up-npm.sh js-glue

modules=bench,js-glue
profile=()
case $peers in all | *neo4j*)
  modules=$modules,bench/peers/neo4j
  profile=(-Ppeers)
  ;;
esac
say "building WeftDB and the measurements"
maven -q package "${profile[@]}" -pl "$modules" -am -DskipTests -Dspotless.check.skip=true

# Not `npm ci`: it refuses the lock file, because a peer names packages for other systems that are not
# everywhere to be had.
say "npm packages of bench/peers"
(cd bench/peers && npm install --no-save --no-audit --no-fund --loglevel=error) || fail \
  "npm could not install the packages of bench/peers (see above)."

node=js-glue/node_modules/.bin/node
for size in ${sizes//,/ }; do
  case $size in
    start) ;;
    wordnet) "$node" bench/peers/wordnet.mjs ;;
    *) "$node" bench/peers/generate.mjs "$size" ;;
  esac
done
rm -f "$out"
options=(--sizes "$sizes" --out "$out")
"$node" bench/peers/run.mjs "$@" "${options[@]}"
"$node" bench/peers/report.mjs "$out"
