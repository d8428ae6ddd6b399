#!/usr/bin/env bash
# @genai-fi/nanogpt, whose loss the bench and a spec compare with ours, in .cache/nanogpt; never part of npm install.
#
# The package alone, 0.7 MB: with its dependencies npm would install a hundred more, which its loss does not need.
set -euo pipefail
cd "$(dirname "$0")/.."

version=1.3.0
folder=.cache/nanogpt

installed() { node -p "require('./$folder/package/package.json').version" 2>/dev/null; }

[ "$(installed)" = "$version" ] && exit

echo "Fetching @genai-fi/nanogpt $version, whose loss is compared with ours ..."
rm -rf "$folder"
mkdir -p "$folder"
npm pack --silent --pack-destination "$folder" "@genai-fi/nanogpt@$version" >/dev/null || {
  echo 'npm has no such package. The specs of the op do not need it: npm run test:node -- --filter=tensorflow' >&2
  exit 1
}
tar -xzf "$folder"/*.tgz -C "$folder"
