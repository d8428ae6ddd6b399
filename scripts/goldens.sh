#!/usr/bin/env bash
# Asks TensorFlow itself for the numbers and the errors that the tests expect.
#   npm run goldens              rewrites test/goldens/*.json
#   npm run goldens -- --check   compares them with what TensorFlow says now
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.cache/tensorflow
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import tensorflow' 2>/dev/null; then
  echo "Installing TensorFlow 2.21 into $venv (a few minutes, 1.6 GB) ..."
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'tensorflow-cpu==2.21.*' || {
    echo "Could not install tensorflow-cpu 2.21 with pip. The tests do not need it: the goldens are committed." >&2
    exit 1
  }
fi
export TF_CPP_MIN_LOG_LEVEL=3
exec "$venv/bin/python" scripts/goldens "$@"
