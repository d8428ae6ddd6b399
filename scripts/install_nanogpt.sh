#!/usr/bin/env bash
# @genai-fi/nanogpt, whose loss the bench and a spec compare with ours, in .cache/nanogpt; never
# part of npm install.
#
# The package alone, 0.7 MB: its dependencies are a hundred more, of which its loss needs none.
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
  echo 'npm does not bring it. The specs but for its own run without: npm run test:node' >&2
  exit 1
}
tar -xzf "$folder"/*.tgz -C "$folder"
