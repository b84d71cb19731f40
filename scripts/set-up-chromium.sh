#!/usr/bin/env bash
# Finds Chromium, or installs Debian's package when there is none and this user may.
source "$(dirname "$0")/common.sh"

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name"; then
      return 0
    fi
  done
  return 1
}

if [ -n "${CHROMIUM:-}" ] && ! command -v "$CHROMIUM" >/dev/null; then
  fail "The environment variable CHROMIUM names $CHROMIUM, which is no program here."
fi
if ! find_chromium >/dev/null; then
  if command -v apt-get >/dev/null && as_root true; then
    say "Chromium: installing Debian's package"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      chromium >/dev/null || fail "apt-get could not install chromium (see above)."
  else
    fail "The browser tests need Chromium, and this user may not install it." \
      "Debian:     sudo apt-get install chromium" \
      "elsewhere:  install Chromium or Chrome and set CHROMIUM to its path."
  fi
fi
say "Chromium in $(find_chromium)"
