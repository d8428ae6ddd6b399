#!/usr/bin/env bash
# A tfjs-node to test the tensorflow backend with, in .cache/tfjs-node; never part of npm install.
#
# Its own installation downloads a native library. If that download is out of reach, the addon is
# built from tfjs-node's sources against the libtensorflow inside the tensorflow-cpu wheel. This
# takes a minute, and is kept in the user's cache for the next checkout.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.cache/tfjs-node
package=$folder/node_modules/@tensorflow/tfjs-node
version=$(node -p 'require("./package.json").devDependencies["@tensorflow/tfjs"]')
wheel_version=2.21.0
built=${XDG_CACHE_HOME:-$HOME/.cache}/tfjs-sparse-softmax-cross-entropy/tfjs-node-$version-tensorflow-$wheel_version-$(uname -sm | tr ' ' '-')
log=$folder/install.log

starts() { [ -d "$package" ] && node -e "require('./$package')" >"$log" 2>&1; }

fail() {
  cat >&2 <<MESSAGE
The tests of the tensorflow backend need tfjs-node, which could not be installed here: $1
Details: $log
To run the specs without it: npm run test:light
MESSAGE
  exit 1
}

mkdir -p "$folder"
starts && exit

echo "Installing tfjs-node $version for the tests of the tensorflow backend ..."
# A separate package. tfjs-core and the rest come from this project's node_modules, so that both
# share one engine.
echo '{"private": true}' >"$folder/package.json"
npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-package-lock --silent \
  "@tensorflow/tfjs-node@$version" node-api-headers@1 >"$log" 2>&1 || fail 'npm has no such package'
find "$folder/node_modules/@tensorflow" -mindepth 1 -maxdepth 1 ! -name tfjs-node -exec rm -r {} +

if (cd "$package" && npm run --silent install) >"$log" 2>&1 && starts; then
  echo '... with its own native library.'
  exit
fi

if [ ! -f "$built/tfjs_binding.node" ]; then
  echo "Its native library is out of reach: building against tensorflow-cpu $wheel_version (a minute) ..."
  for tool in python3 g++; do
    command -v $tool >/dev/null || fail "there is no $tool to build it with"
  done
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  echo '  1/3 downloading the wheel (270 MB)'
  python3 -m pip download --quiet --no-deps --retries 0 --dest "$work" "tensorflow-cpu==$wheel_version" \
    >"$log" 2>&1 || fail "pip finds no tensorflow-cpu $wheel_version for this machine"
  echo '  2/3 unpacking libtensorflow'
  python3 scripts/unpack_libtensorflow.py "$work"/*.whl "$work" >"$log" 2>&1 || fail 'the wheel is odd'
  echo '  3/3 compiling the addon'
  mkdir -p "$built"
  cp "$work"/lib/* "$built"
  g++ -std=c++17 -O2 -fPIC -shared -DNAPI_VERSION=8 -DNODE_GYP_MODULE_NAME=tfjs_binding \
    -DBUILDING_NODE_EXTENSION -I"$package" -I"$folder/node_modules/node-api-headers/include" \
    -I"$work/include" "$package/binding/tfjs_backend.cc" "$package/binding/tfjs_binding.cc" \
    -o "$work/tfjs_binding.node" -L"$built" -l:libtensorflow_cc.so.2 \
    -l:libtensorflow_framework.so.2 -Wl,-rpath,"$built" >"$log" 2>&1 || fail 'the addon does not compile'
  mv "$work/tfjs_binding.node" "$built" # Last, and whole: it is what says that all is there.
fi
mkdir -p "$package/lib/napi-v8"
cp "$built/tfjs_binding.node" "$package/lib/napi-v8/"
starts || fail 'the addon does not load'
echo "... with libtensorflow of tensorflow-cpu $wheel_version."
