#!/usr/bin/env bash
# The browsers that the specs run in: found, or installed where this user may, or asked for.
set -euo pipefail
cd "$(dirname "$0")"

# Firefox has WebGL only where there is a display, if only a virtual one.
has_display() { [ -n "${DISPLAY:-}" ] || [ "$(uname)" = Darwin ] || command -v xvfb-run >/dev/null; }

missing() {
  [ -n "$(bash find_browser.sh chromium)" ] || echo chromium
  [ -n "$(bash find_browser.sh firefox)" ] || echo firefox-esr
  has_display || echo xvfb
}

packages=$(missing)
[ -z "$packages" ] && exit

sudo=
[ "$(id -u)" = 0 ] || sudo='sudo --non-interactive'
if command -v apt-get >/dev/null && { [ -z "$sudo" ] || $sudo true 2>/dev/null; }; then
  echo "Not found, installing with apt-get:" $packages
  $sudo apt-get -qq update
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y $packages >/dev/null
fi

packages=$(missing)
if [ -n "$packages" ]; then
  cat >&2 <<MESSAGE
The tests run in real browsers, and these were not found and could not be installed here:
  $(echo $packages)
Install Chromium or Chrome, and Firefox (Debian: sudo apt-get install chromium firefox-esr xvfb; xvfb
where there is no display), or name them:
  CHROME_BIN=/path/to/chrome FIREFOX_BIN=/path/to/firefox npm test
To run the specs that need none: npm run test:node -- --filter='^(?!the page)'
MESSAGE
  exit 1
fi
