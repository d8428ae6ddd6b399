#!/usr/bin/env bash
# Says what npm test is about to install outside node_modules, and why. Silent where nothing is
# missing.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/browser_packages.sh

lines=()
add() { lines+=("  $1"$'\n'"      $2"); }

packages=$(missing_packages)
if [ -n "$packages" ]; then
  if how=$(apt_get); then
    [[ $how = sudo* ]] && who='sudo apt-get' || who='apt-get, as root'
    add "$packages" "the browsers of the specs, by $who, for the whole system (1 to 4 minutes)"
  else
    add "$packages" 'the browsers of the specs. This user cannot install them, so the run ends here.'
  fi
fi
[ -f .cache/tfjs-node/node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node ] ||
  add 'tfjs-node, in .cache/tfjs-node' \
    "for the tensorflow backend. If its native library is out of reach, a TensorFlow wheel of 270 MB
      by pip, and a build kept in ${XDG_CACHE_HOME:-~/.cache} (1 to 3 minutes)"
[ -d .cache/nanogpt/package ] ||
  add '@genai-fi/nanogpt, in .cache/nanogpt' 'a loss to compare with, 0.7 MB by npm (seconds)'
for version in 18 20 22; do
  if [ "$version" = "$(node -p 'process.versions.node.split(".")[0]')" ]; then continue; fi
  [ -x ".cache/node-$version/node_modules/node/bin/node" ] ||
    add "Node $version, in .cache/node-$version" \
      'the kernels run on it too. About 100 MB by npm, after the specs (10 to 30 seconds)'
done

[ "${#lines[@]}" = 0 ] && exit
echo 'npm test needs these, which are not here. It installs them where it can:'
printf '%s\n' "${lines[@]}"
echo 'To test without any of them, on cpu and wasm: npm run test:light'
