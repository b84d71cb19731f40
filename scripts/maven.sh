#!/usr/bin/env bash
# Maven from the project's top, quietly.
source "$(dirname "$0")/common.sh"
maven -q "$@"
