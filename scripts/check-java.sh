#!/usr/bin/env bash
# Checks that there is a JDK from 21 on and Maven. Maven itself may run on an older one:
# it finds the newest JDK by itself (maven-toolchains-plugin, goal select-jdk-toolchain).
source "$(dirname "$0")/common.sh"

# The major version of the JDK in a directory, or 0 when there is no JDK.
jdk_version() {
  [ -x "$1/bin/javac" ] || { echo 0; return; }
  local version
  version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  echo "${version:-0}"
}

newest=0
newest_home=
on_path=$(command -v javac || true)
[ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
  "$HOME"/.jdks/* /opt/jdk*; do
  [ -n "$home" ] || continue
  version=$(jdk_version "$home")
  if [ "$version" -gt "$newest" ]; then
    newest=$version
    newest_home=$home
  fi
done

[ "$newest" -ge 21 ] || fail \
  "WeftDB needs a JDK from version 21 on; the newest found here is ${newest/#0/none}." \
  "Debian 13:  apt-get install openjdk-21-jdk-headless" \
  "Debian 12:  Eclipse Temurin, https://adoptium.net/installation/linux (package temurin-21-jdk)" \
  "or unpack any JDK and set JAVA_HOME to its directory."
command -v mvn >/dev/null || fail \
  "WeftDB needs Maven 3.8 or newer." \
  "Debian:  apt-get install maven"
say "JDK $newest in $newest_home, $(mvn --version 2>/dev/null | sed -n 's/.*\(Apache Maven [0-9.]*\).*/\1/p')"
