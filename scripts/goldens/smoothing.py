"""Label smoothing: TensorFlow's dense op of smoothed one-hot labels, and its v1 loss, in float64."""

import numpy as np
import tensorflow as tf

from encoding import tensor

SEED = 20261124


def dense(labels, logits, smoothing):
    """The formula of tf.compat.v1.losses.softmax_cross_entropy, any rank."""
    classes = logits.shape[-1]
    target = tf.one_hot(labels, classes, dtype=logits.dtype) * (1 - smoothing) + smoothing / classes
    return tf.nn.softmax_cross_entropy_with_logits(labels=target, logits=logits)


def derivatives(loss_of, logits, dy, u, v):
    """loss, g = d(dy . loss), h = d(u . g), t = d(v . h), all with respect to logits."""
    x, dy, u, v = (tf.constant(a, tf.float64) for a in (logits, dy, u, v))
    with tf.GradientTape() as third:
        third.watch(x)
        with tf.GradientTape() as second:
            second.watch(x)
            with tf.GradientTape() as first:
                first.watch(x)
                loss = loss_of(x)
                weighted = tf.reduce_sum(loss * dy)
            g = first.gradient(weighted, x)
            ug = tf.reduce_sum(u * g)
        h = second.gradient(ug, x)
        vh = tf.reduce_sum(v * h)
    t = third.gradient(vh, x)
    return {'loss': tensor(loss), 'first': tensor(g), 'second': tensor(h), 'third': tensor(t)}


def value_cases():
    rng = np.random.default_rng(SEED)
    for smoothing, shape, scale, offset in [
        (0.1, [1, 3], 1, 0),
        (0.1, [5, 4], 3, 0),
        (0.3, [3, 129], 10, 0),
        (0.5, [6, 2], 2, 0),
        (0.1, [4, 1], 5, 0),
        (0.2, [4, 7], 1, 1e4),
        (1.0, [3, 5], 2, 0),
        (0.1, [6], 2, 0),
        (0.1, [2, 3, 5], 2, 0),
    ]:
        logits = (rng.normal(size=shape) * scale + offset).astype(np.float32)
        labels = rng.integers(0, shape[-1], size=shape[:-1]).astype(np.int32)
        dy = rng.normal(size=shape[:-1]).astype(np.float32)
        u, v = rng.normal(size=[2] + shape).astype(np.float32)
        yield {'smoothing': smoothing, 'logits': tensor(logits), 'labels': tensor(labels),
               'dy': tensor(dy), 'u': tensor(u), 'v': tensor(v),
               **derivatives(lambda x: dense(labels, x, smoothing), logits, dy, u, v)}


def loss_cases():
    rng = np.random.default_rng(SEED + 1)
    logits = (rng.normal(size=[4, 5]) * 2).astype(np.float32)
    labels = np.array([3, 0, 4, 1], np.int32)
    weights = np.array([1.5, 0, 2, 0.5], np.float32)
    one_hot = tf.one_hot(labels, 5, dtype=tf.float64)
    for reduction in dict.fromkeys(tf.compat.v1.losses.Reduction.all()):  # Two have one name.
        x = tf.constant(logits, tf.float64)
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.compat.v1.losses.softmax_cross_entropy(
                one_hot, x, weights.astype(np.float64), label_smoothing=0.1, reduction=reduction)
        yield {'reduction': reduction, 'smoothing': 0.1, 'logits': tensor(logits),
               'labels': tensor(labels), 'weights': tensor(weights), 'loss': tensor(loss),
               'dlogits': tensor(tape.gradient(loss, x))}


def goldens():
    return {'seed': SEED, 'values': list(value_cases()), 'losses': list(loss_cases())}
