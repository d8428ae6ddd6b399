#!/usr/bin/env bash
# The browser's specs in Firefox, which has WebGL only where there is a display, if only a virtual one.
set -euo pipefail
display=()
if [ -z "${DISPLAY:-}" ] && command -v xvfb-run >/dev/null; then display=(xvfb-run --auto-servernum); fi
"${display[@]}" npm run --silent test:browser -- --browsers Firefox
