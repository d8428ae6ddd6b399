#!/usr/bin/env bash
# The kernels of the tensorflow backend on other versions of Node, with the same addon: VERSION ...
# npm's package `node` brings each.
set -euo pipefail
cd "$(dirname "$0")/.."

for version in "$@"; do
  folder=.cache/node-$version
  node=$folder/node_modules/node/bin/node
  if [ ! -x "$node" ]; then
    mkdir -p "$folder"
    echo '{"private": true}' >"$folder/package.json"
    npm install --prefix "$folder" --no-audit --no-fund --silent "node@$version" || {
      echo "npm brings no Node $version for this machine." >&2
      exit 1
    }
  fi
  echo "The tensorflow backend on Node $("$node" --version):"
  "$node" --import tsx node_modules/jasmine/bin/jasmine.js --config=test/jasmine.json --filter='\[tensorflow\]' \
    test/node/tensorflow_test.ts test/ops/*_test.ts test/gradients/*_test.ts
done
