#!/usr/bin/env bash
# Finds Firefox, or installs Debian's package where that can be had. Without it its test is skipped.
source "$(dirname "$0")/common.sh"

find_firefox() {
  command -v firefox-esr || command -v firefox
}

if ! find_firefox >/dev/null && command -v apt-get >/dev/null && as_root true; then
  say "Firefox: installing Debian's package"
  as_root apt-get update -qq || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    firefox-esr >/dev/null || true
fi
if find_firefox >/dev/null; then
  say "Firefox in $(find_firefox)"
else
  say "no Firefox: its test will be skipped"
fi
