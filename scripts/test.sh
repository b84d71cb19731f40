#!/usr/bin/env bash
# Builds everything and runs every test. What it needs is there: `make test` has seen to that.
source "$(dirname "$0")/common.sh"

say "building and testing everything: mvn verify"
maven verify "$@"
