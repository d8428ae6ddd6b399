#!/usr/bin/env bash
# Prints the path of a Chromium or Chrome, or nothing.
for candidate in "${CHROME_BIN:-}" chromium chromium-browser google-chrome google-chrome-stable chrome \
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
  if [ -n "$candidate" ] && path=$(command -v "$candidate"); then
    echo "$path"
    exit
  fi
done
