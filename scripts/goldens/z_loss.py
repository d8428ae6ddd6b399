"""The z-loss, k logsumexp(logits)^2, added to TensorFlow's dense op, in float64."""

import numpy as np
import tensorflow as tf

from encoding import tensor
from smoothing import dense, derivatives

SEED = 20261129


def value_cases():
    rng = np.random.default_rng(SEED)
    for z_loss, smoothing, shape, scale, offset in [
        (1e-4, 0, [5, 4], 3, 0),
        (0.1, 0, [3, 129], 3, 0),
        (0.1, 0.2, [6, 7], 2, 0),
        (0.5, 0, [4, 1], 1, 0),
        (1e-4, 0.1, [2, 3, 5], 2, 20),
        (2.0, 0, [3, 5], 1, -2),
    ]:
        logits = (rng.normal(size=shape) * scale + offset).astype(np.float32)
        labels = rng.integers(0, shape[-1], size=shape[:-1]).astype(np.int32)
        dy = rng.normal(size=shape[:-1]).astype(np.float32)
        u, v = rng.normal(size=[2] + shape).astype(np.float32)
        loss = lambda x: dense(labels, x, smoothing) + z_loss * tf.reduce_logsumexp(x, -1) ** 2
        yield {'zLoss': z_loss, 'smoothing': smoothing, 'logits': tensor(logits),
               'labels': tensor(labels), 'dy': tensor(dy), 'u': tensor(u), 'v': tensor(v),
               **derivatives(loss, logits, dy, u, v)}


def goldens():
    return {'seed': SEED, 'values': list(value_cases())}
