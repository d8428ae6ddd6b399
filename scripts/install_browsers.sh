#!/usr/bin/env bash
# Finds the browsers for the specs, installs what is missing, or says what this user must install.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/browser_packages.sh

packages=$(missing_packages)
[ -z "$packages" ] && exit

if apt_get=$(apt_get); then
  $apt_get -qq update || true # One source out of reach must not stop the others.
  for package in $packages; do # One by one: apt-get installs nothing if it lacks one of a list.
    echo "Installing $package with apt-get ..."
    $apt_get -qq install -y "$package" >/dev/null || true # The message below says what is missing.
  done
fi

packages=$(missing_packages)
if [ -n "$packages" ]; then
  cat >&2 <<MESSAGE
The tests run in Chromium, Firefox and WebKit. These packages are missing, and could not be
installed here:
  $packages
On Debian: sudo apt-get install $packages
Elsewhere install Chromium or Chrome, Firefox, and WebKitGTK with its MiniBrowser, or name them:
  CHROME_BIN=/path/to/chrome FIREFOX_BIN=/path/to/firefox WEBKIT_BIN=/path/to/MiniBrowser npm test
To run the specs that need no browser: npm run test:node -- --filter='^(?!the page)'
MESSAGE
  exit 1
fi
