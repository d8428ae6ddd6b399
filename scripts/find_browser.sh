#!/usr/bin/env bash
# Prints the path of a browser, or nothing: find_browser.sh chromium | firefox | webkit
case "${1:-chromium}" in
  chromium)
    candidates=("${CHROME_BIN:-}" chromium chromium-browser google-chrome google-chrome-stable chrome
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
    ;;
  firefox)
    candidates=("${FIREFOX_BIN:-}" firefox-esr firefox '/Applications/Firefox.app/Contents/MacOS/firefox')
    ;;
  webkit) # Its small browser is on no PATH.
    candidates=("${WEBKIT_BIN:-}" /usr/lib/*/webkit2gtk-4.*/MiniBrowser /usr/lib*/webkit2gtk-4.*/MiniBrowser)
    ;;
esac
for candidate in "${candidates[@]}"; do
  if [ -n "$candidate" ] && path=$(command -v "$candidate"); then
    echo "$path"
    exit
  fi
done
