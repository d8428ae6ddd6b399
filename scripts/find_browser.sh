#!/usr/bin/env bash
# Prints the path of a browser, or nothing: find_browser.sh chromium | firefox
case "${1:-chromium}" in
  chromium)
    candidates=("${CHROME_BIN:-}" chromium chromium-browser google-chrome google-chrome-stable chrome
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
    ;;
  firefox)
    candidates=("${FIREFOX_BIN:-}" firefox-esr firefox '/Applications/Firefox.app/Contents/MacOS/firefox')
    ;;
esac
for candidate in "${candidates[@]}"; do
  if [ -n "$candidate" ] && path=$(command -v "$candidate"); then
    echo "$path"
    exit
  fi
done
