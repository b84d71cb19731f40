#!/usr/bin/env bash
# Installs the npm packages of the given directories, or of every one with a lock file, where the lock
# file has changed since the last time. Among them is the package `node`: a Node that runs WebAssembly
# with garbage collection, whatever the machine's own Node is.
source "$(dirname "$0")/common.sh"

if [ $# -eq 0 ]; then
  for lock in */package-lock.json; do
    [ -f "$lock" ] && set -- "$@" "$(dirname "$lock")"
  done
fi
for directory in "$@"; do
  lock="$directory/package-lock.json"
  done_for="$directory/node_modules/.installed-lock.json"
  if cmp -s "$lock" "$done_for"; then
    say "npm packages of $directory: up to date"
    continue
  fi
  say "npm packages of $directory: installing"
  (cd "$directory" && npm ci --no-audit --no-fund --loglevel=error) || fail \
    "npm could not install the packages of $directory (see above)." \
    "It needs the network, or a registry named by: npm config set registry <url>"
  cp "$lock" "$done_for"
done
