# Read by the other scripts here: where the project is, and how they speak.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# One line on what is being done now.
say() {
  printf '== %s\n' "$*"
}

# What is missing and how to get it, then the end.
fail() {
  printf '\n%s\n' "$@" >&2
  exit 1
}

# Runs a command as root, if this user may without being asked; otherwise fails.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# The major version of the JDK in a directory, or 0 when there is no JDK.
jdk_version() {
  [ -x "$1/bin/javac" ] || { echo 0; return; }
  local version
  version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  echo "${version:-0}"
}

# Sets newest_jdk to the directory of the newest JDK here and newest_jdk_version to its version,
# which is 0 when there is none.
find_newest_jdk() {
  newest_jdk=
  newest_jdk_version=0
  local home version on_path
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /opt/jdk*; do
    [ -n "$home" ] || continue
    version=$(jdk_version "$home")
    if [ "$version" -gt "$newest_jdk_version" ]; then
      newest_jdk_version=$version
      newest_jdk=$home
    fi
  done
}

# The java command of the newest JDK here.
newest_java() {
  find_newest_jdk
  echo "$newest_jdk/bin/java"
}

# Maven, on the newest JDK here: the formatter must be able to read all of Java 21.
maven() {
  find_newest_jdk
  JAVA_HOME=$newest_jdk mvn -B -ntp "$@"
}
