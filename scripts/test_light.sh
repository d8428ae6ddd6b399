#!/usr/bin/env bash
# The specs that need no more than npm install, on the backends of Node that this machine has:
# [--watch] [options of jasmine]. Set BACKENDS, such as cpu,wasm, to choose others.
set -euo pipefail
cd "$(dirname "$0")/.."

runner=(node --import tsx)
if [ "${1:-}" = --watch ]; then
  runner=(node_modules/.bin/tsx watch --include 'src/**/*.ts' --include 'test/**/*.ts' --include '*.md' --include 'docs/*.md')
  shift
fi

specs=('test/*_test.ts' 'test/!(browser|node)/**/*_test.ts' test/node/{backends_page,examples,links,readme}_test.ts)
left_out=
if [ -z "${BACKENDS:-}" ]; then
  BACKENDS=cpu,wasm
  if [ -f .cache/tfjs-node/node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node ]; then
    BACKENDS+=,tensorflow
  else
    left_out+='tensorflow (bash scripts/install_tfjs_node.sh brings it), '
  fi
fi
export BACKENDS
if [ ! -d .cache/nanogpt/package ]; then
  specs+=('!test/losses/nanogpt_test.ts')
  left_out+='the loss of nanogpt (bash scripts/install_nanogpt.sh brings it), '
fi
echo "Specs on $BACKENDS; without ${left_out}browsers, programs and the built package (npm test has all)."

exec "${runner[@]}" node_modules/jasmine/bin/jasmine.js --config=test/jasmine.json "$@" "${specs[@]}"
