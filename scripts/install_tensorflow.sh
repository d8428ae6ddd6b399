#!/usr/bin/env bash
# TensorFlow itself, for the goldens and for examples/continue_in_tensorflow. The tests do not need
# it.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.cache/tensorflow
if [ -x "$venv/bin/python" ] && "$venv/bin/python" -c 'import tensorflow' 2>/dev/null; then exit 0; fi
echo "Installing TensorFlow 2.21 into $venv (a few minutes, 1.6 GB) ..."
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --retries 0 'tensorflow-cpu==2.21.*' || {
  echo "Could not install tensorflow-cpu 2.21 with pip. The tests do not need it: what they compare with is committed." >&2
  exit 1
}
