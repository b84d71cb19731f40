#!/usr/bin/env bash
# The java command of the newest JDK here, whatever `java` on the PATH is. Runs in the project's top.
source "$(dirname "$0")/common.sh"
exec "$(newest_java)" "$@"
