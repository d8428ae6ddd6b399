"""Tensors and errors as JSON, and back to comparing them."""

import math
import re

import numpy as np
import tensorflow as tf


def number(x):
    """JSON has no NaN and no Infinity: those are strings, as JavaScript's Number() reads them."""
    x = float(x)
    if math.isnan(x):
        return 'NaN'
    if math.isinf(x):
        return 'Infinity' if x > 0 else '-Infinity'
    return int(x) if x.is_integer() and abs(x) < 2**53 else x


def tensor(x):
    x = np.asarray(x)
    # The digits that tell one float32 from the next.
    shorten = (lambda v: float(f'{v:.9g}')) if x.dtype == np.float32 else (lambda v: v)
    values = [number(shorten(v)) for v in x.ravel()]
    return {'dtype': x.dtype.name, 'shape': list(x.shape), 'values': values}


def error(e):
    """The message alone: neither the node's name before it nor the op's after it."""
    message = re.sub(r'^\{\{.*?\}\} ', '', str(e))
    message = re.sub(r'\n\t; NodeDef.*', '', message, flags=re.S)
    message = re.sub(r' \[Op:.*', '', message, flags=re.S)
    return {'type': type(e).__name__, 'message': message}


def attempt(f):
    """{'value': ...} or {'error': ...}."""
    try:
        return {'value': tensor(f())}
    except (ValueError, tf.errors.OpError) as e:  # What TensorFlow refuses.
        return {'error': error(e)}


def differences(kept, fresh, path=''):
    """Where two goldens disagree; floats may differ by the rounding of another processor."""
    if isinstance(kept, dict) and isinstance(fresh, dict):
        for key in sorted(kept.keys() | fresh.keys()):
            yield from differences(kept.get(key), fresh.get(key), f'{path}/{key}')
    elif isinstance(kept, list) and isinstance(fresh, list) and len(kept) == len(fresh):
        for i, (a, b) in enumerate(zip(kept, fresh)):
            yield from differences(a, b, f'{path}/{i}')
    elif isinstance(kept, (int, float)) and isinstance(fresh, (int, float)):
        if not math.isclose(kept, fresh, rel_tol=1e-6, abs_tol=1e-12):
            yield f'{path}: {kept} is now {fresh}'
    elif kept != fresh:
        yield f'{path}: {kept!r} is now {fresh!r}'
