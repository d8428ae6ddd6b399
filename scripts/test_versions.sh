#!/usr/bin/env bash
# The kernels of every backend of Node on other versions of it, with the same addon: VERSION ...
# npm's package `node` brings each.
set -euo pipefail
cd "$(dirname "$0")/.."

for version in "$@"; do
  if [ "$version" = "$(node -p 'process.versions.node.split(".")[0]')" ]; then continue; fi # Had all specs.
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
  echo "The kernels on Node $("$node" --version):"
  "$node" --import tsx node_modules/jasmine/bin/jasmine.js --config=test/jasmine.json \
    test/node/tensorflow_test.ts test/{gradients,kernels/*,ops}/*_test.ts
done
