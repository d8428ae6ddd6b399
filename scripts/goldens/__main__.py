"""Writes or checks every golden file: one module a file, each with a function `goldens()`."""

import json
import pathlib
import re
import sys

import tensorflow as tf

import graph
import graph_model
import layers
import losses
import op
import smoothing
import z_loss
from encoding import differences

GOLDENS = {
    'op': op, 'smoothing': smoothing, 'z_loss': z_loss, 'losses': losses, 'graph': graph, 'layers': layers,
    'graph_model': graph_model}
FOLDER = pathlib.Path('test/goldens')


def readable(golden):
    """JSON with every list of numbers, tensor and other flat object on a line of its own."""
    one_line = lambda match: match[1] + re.sub(r'\s*\n\s*', ' ', match[2]) + match[3]
    text = re.sub(r'(\[)\s+([^\[\]{}]*?)\s+(\])', one_line, json.dumps(golden, indent=1))
    return re.sub(r'(\{)\s+([^{}]*?)\s+(\})', one_line, text) + '\n'


def main():
    check = sys.argv[1:] == ['--check']
    if sys.argv[1:] and not check:
        sys.exit('usage: npm run goldens [-- --check]')
    failed = False
    for name, module in GOLDENS.items():
        path = FOLDER / f'{name}.json'
        fresh = readable(
            {'tensorflow': tf.__version__, 'script': f'scripts/goldens/{name}.py', **module.goldens()})
        if not check:
            path.write_text(fresh)
            print(f'wrote {path}')
            continue
        found = list(differences(json.loads(path.read_text()), json.loads(fresh)))
        failed = failed or bool(found)
        print(f'{path}: ' + ('agrees' if not found else '; '.join(found[:10])))
    sys.exit(1 if failed else 0)


main()
