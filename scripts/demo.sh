#!/usr/bin/env bash
# Builds everything but runs no tests, makes the WordNet snapshot and serves the application.
source "$(dirname "$0")/common.sh"

say "building everything and the WordNet snapshot"
maven -q package -DskipTests -Dspotless.check.skip=true -pl demo-web -am
classpath=demo-web/target/classes:core/target/classes
say "serving the application; Ctrl-C ends it"
exec "$(newest_java)" -classpath "$classpath" org.weftdb.demo.DemoServer \
  demo-web/target/web /data/=demo-web/target/data
