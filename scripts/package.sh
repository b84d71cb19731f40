#!/usr/bin/env bash
# Builds what is handed out, without running the tests, and leaves it in target/package/.
source "$(dirname "$0")/common.sh"

say "building: mvn package"
maven -q -DskipTests package
rm -rf target/package
mkdir -p target/package
cp core/target/weftdb-core-*.jar target/package/
cp js-glue/target/weftdb-*.tgz target/package/
say "in target/package:"
ls -l target/package
