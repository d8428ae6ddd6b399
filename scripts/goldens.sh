#!/usr/bin/env bash
# Asks TensorFlow itself for the numbers and the errors that the tests expect.
#   npm run goldens              rewrites test/goldens/*.json
#   npm run goldens -- --check   compares them with what TensorFlow says now
set -euo pipefail
cd "$(dirname "$0")/.."

bash scripts/install_tensorflow.sh
export TF_CPP_MIN_LOG_LEVEL=3
exec .cache/tensorflow/bin/python scripts/goldens "$@"
