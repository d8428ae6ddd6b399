#!/usr/bin/env bash
# The specs in a browser that needs a display for WebGL, or a virtual one: Firefox | WebKit
set -euo pipefail
display=()
if [ -z "${DISPLAY:-}" ] && command -v xvfb-run >/dev/null; then display=(xvfb-run --auto-servernum); fi
"${display[@]}" npm run --silent test:browser -- --browsers "$1"
