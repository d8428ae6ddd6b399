#!/usr/bin/env bash
# The browser that the specs run in: found, or installed where this user may, or asked for.
set -euo pipefail
cd "$(dirname "$0")"

[ -n "$(bash find_browser.sh)" ] && exit

sudo=
[ "$(id -u)" = 0 ] || sudo='sudo --non-interactive'
if command -v apt-get >/dev/null && { [ -z "$sudo" ] || $sudo true 2>/dev/null; }; then
  echo 'No Chromium found: installing it with apt-get ...'
  $sudo apt-get -qq update
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium >/dev/null
fi

if [ -z "$(bash find_browser.sh)" ]; then
  cat >&2 <<'MESSAGE'
The tests run in a real browser, and none was found or could be installed here.
Install Chromium or Chrome (Debian and Ubuntu: sudo apt-get install chromium), or name one:
  CHROME_BIN=/path/to/chrome npm test
To run the specs that need none: npm run test:node -- --filter='^(?!the page)'
MESSAGE
  exit 1
fi
