#!/usr/bin/env bash
# Checks that there are Node from 20 on and npm.
source "$(dirname "$0")/common.sh"

how=("Debian 13:  apt-get install nodejs npm" \
  "elsewhere:  https://nodejs.org/en/download")
command -v node >/dev/null || fail "WeftDB needs Node.js from version 20 on." "${how[@]}"
version=$(node --version)
major=${version#v}
[ "${major%%.*}" -ge 20 ] || fail "WeftDB needs Node.js from version 20 on; here is $version." "${how[@]}"
command -v npm >/dev/null || fail "WeftDB needs npm, which belongs to Node.js." "${how[@]}"
say "Node $version, npm $(npm --version 2>/dev/null)"
