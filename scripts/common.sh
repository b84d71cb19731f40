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
