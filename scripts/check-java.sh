#!/usr/bin/env bash
# Checks that there is a JDK from 21 on and Maven. Maven itself may run on an older one:
# it finds the newest JDK by itself (maven-toolchains-plugin, goal select-jdk-toolchain).
source "$(dirname "$0")/common.sh"

find_newest_jdk
[ "$newest_jdk_version" -ge 21 ] || fail \
  "WeftDB needs a JDK from version 21 on; the newest found here is $([ "$newest_jdk_version" = 0 ] && echo none || echo "$newest_jdk_version")." \
  "Debian 13:  apt-get install openjdk-21-jdk-headless" \
  "Debian 12:  Eclipse Temurin, https://adoptium.net/installation/linux (package temurin-21-jdk)" \
  "or unpack any JDK and set JAVA_HOME to its directory."
command -v mvn >/dev/null || fail \
  "WeftDB needs Maven 3.8 or newer." \
  "Debian:  apt-get install maven"
say "JDK $newest_jdk_version in $newest_jdk, $(mvn --version 2>/dev/null | sed -n 's/.*\(Apache Maven [0-9.]*\).*/\1/p')"
