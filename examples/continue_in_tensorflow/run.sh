#!/usr/bin/env bash
# Trains in tf.js, goes on in TensorFlow on several devices and processes, and comes back.
#   npm run example:continue            in .cache/continue_in_tensorflow
#   npm run example:continue -- --record   rewrites recorded/, which a spec compares with
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=.cache/continue_in_tensorflow
if [ "${1:-}" = --record ]; then folder=examples/continue_in_tensorflow/recorded; fi
bash scripts/install_tensorflow.sh
export TF_CPP_MIN_LOG_LEVEL=3 PYTHONDONTWRITEBYTECODE=1 CUDA_VISIBLE_DEVICES=
mkdir -p "$folder"
node examples/continue_in_tensorflow/train.js "$folder"
.cache/tensorflow/bin/python examples/continue_in_tensorflow/continue.py "$folder"
node examples/continue_in_tensorflow/check.js "$folder"
rm -rf "$folder/from_workers"
