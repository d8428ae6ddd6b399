"""The op: values and gradients of order one to three in float64, special rows, errors."""

import numpy as np
import tensorflow as tf

from encoding import attempt, tensor

SEED = 20260101


def nn(labels, logits):
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)


def raw(features, labels):
    return tf.raw_ops.SparseSoftmaxCrossEntropyWithLogits(features=features, labels=labels)


def value_cases():
    """Inputs are float32 numbers; TensorFlow computes on them in float64."""
    rng = np.random.default_rng(SEED)
    for name, shape, scale, offset in [
        ('one row', [1, 3], 1, 0),
        ('narrow', [5, 4], 1, 0),
        ('odd sizes', [7, 13], 3, 0),
        ('wide', [3, 129], 10, 0),
        ('two classes', [6, 2], 2, 0),
        ('one class', [4, 1], 5, 0),
        ('offset 1e4', [4, 7], 1, 1e4),
        ('offset -1e6', [4, 7], 2, -1e6),
        ('rank 1', [6], 2, 0),
        ('rank 3', [2, 3, 5], 2, 0),
        ('rank 4', [2, 1, 3, 4], 2, 0),
        ('empty batch', [0, 3], 1, 0),
    ]:
        logits = (rng.normal(size=shape) * scale + offset).astype(np.float32)
        labels = rng.integers(0, shape[-1], size=shape[:-1]).astype(np.int32)
        dy = rng.normal(size=shape[:-1]).astype(np.float32)
        u, v = rng.normal(size=[2] + shape).astype(np.float32)
        yield {'name': name, 'logits': tensor(logits), 'labels': tensor(labels), 'dy': tensor(dy),
               'u': tensor(u), 'v': tensor(v), **derivatives(logits, labels, dy, u, v)}


def derivatives(logits, labels, dy, u, v):
    """loss, gradient g = d(dy . loss), h = d(u . g), t = d(v . h), all with respect to logits."""
    x, dy, u, v = (tf.constant(a, tf.float64) for a in (logits, dy, u, v))
    with tf.GradientTape() as third:
        third.watch(x)
        with tf.GradientTape() as second:
            second.watch(x)
            with tf.GradientTape() as first:
                first.watch(x)
                loss = nn(labels, x)
                weighted = tf.reduce_sum(loss * dy)
            g = first.gradient(weighted, x)
            ug = tf.reduce_sum(u * g)
        h = second.gradient(ug, x)
        vh = tf.reduce_sum(v * h)
    t = third.gradient(vh, x)
    return {'loss': tensor(loss), 'first': tensor(g), 'second': tensor(h), 'third': tensor(t)}


def special_cases():
    inf, nan = np.inf, np.nan
    for name, row, label in [
        ('NaN', [1, nan, 0], 0),
        ('NaN at the label', [nan, 1, 0], 0),
        ('+Infinity', [1, inf, 0], 0),
        ('+Infinity at the label', [inf, 1, 0], 0),
        ('+Infinity everywhere', [inf, inf, inf], 1),
        ('-Infinity in another class', [1, -inf, 0], 0),
        ('-Infinity at the label', [1, -inf, 0], 1),
        ('-Infinity in every other class', [-inf, 2, -inf], 1),
        ('-Infinity everywhere', [-inf, -inf, -inf], 2),
        ('-Infinity and +Infinity', [-inf, inf, 0], 0),
        ('-Infinity and NaN', [-inf, nan, 0], 2),
        ('far apart, label high', [1e4, -1e4, 0], 0),
        ('far apart, label low', [1e4, -1e4, 0], 1),
        ('spread beyond float32, label high', [3e38, -3e38, 0], 0),
        ('spread beyond float32, label low', [3e38, -3e38, 0], 1),
        ('equal 1e30', [1e30, 1e30, 1e30], 1),
        ('equal -3e38', [-3e38, -3e38, -3e38], 1),
    ]:
        # Between two ordinary rows, which must not change.
        logits = np.array([[1, 2, 3], row, [3, 1, 2]], np.float32)
        labels = np.array([0, label, 2], np.int32)
        loss, backprop = raw(logits, labels)
        yield {'name': name, 'logits': tensor(logits), 'labels': tensor(labels),
               'loss': tensor(loss), 'backprop': tensor(backprop)}


def error_cases():
    f, i = np.float32, np.int32
    nn_calls = [
        ('scalar logits', i(0), f(1)),
        ('ranks not one apart', np.array([[0, 2]], i), np.ones([3, 2], f)),
        ('labels as a column', np.array([[0], [1]], i), np.ones([2, 3], f)),
        ('another batch', np.array([0, 1, 0], i), np.ones([2, 2], f)),
        ('another shape of the same rank', np.array([[0, 1, 0]], i), np.ones([1, 2, 2], f)),
        ('no class', np.zeros([2], i), np.ones([2, 0], f)),
        ('no class, rank 3', np.zeros([1, 2], i), np.ones([1, 2, 0], f)),
        ('no class, rank 1', i(0), np.ones([0], f)),
        ('no class, empty batch', np.zeros([0], i), np.ones([0, 0], f)),
        ('a label of -1', np.array([4, 3, 0, -1], i), np.ones([4, 4], f)),
        ('a label of classes', np.array([4, 3, 0, 1], i), np.ones([4, 4], f)),
        ('a label of 2^31-1', np.array([0, 2**31 - 1], i), np.ones([2, 4], f)),
        ('a bad label in rank 3', np.array([[0, 4]], i), np.ones([1, 2, 4], f)),
        ('float labels', np.array([1, 2], f), np.ones([2, 4], f)),
        ('float labels of another shape', np.array([1, 2, 3], f), np.ones([2, 4], f)),
        ('bool labels', np.array([True, False]), np.ones([2, 4], f)),
        ('int logits', np.array([1, 2], i), np.ones([2, 4], i)),
        ('bool logits', np.array([1, 2], i), np.ones([2, 4], bool)),
        ('float labels and no class', np.zeros([2], f), np.ones([2, 0], f)),
        ('int logits and a bad label', np.array([1, 9], i), np.ones([2, 4], i)),
    ]
    for name, labels, logits in nn_calls:
        yield {'name': name, 'op': 'nn', 'labels': tensor(labels), 'logits': tensor(logits),
               **attempt(lambda: nn(labels, logits))}
    raw_calls = [
        ('features of rank 1', np.array([0, 1, 2], i), np.ones([3], f)),
        ('features of rank 3', np.array([0, 1, 2], i), np.ones([3, 1, 2], f)),
        ('labels of rank 0', i(0), np.ones([2, 3], f)),
        ('labels of rank 2', np.zeros([2, 1], i), np.ones([2, 3], f)),
        ('another batch', np.zeros([3], i), np.ones([2, 3], f)),
        ('no class', np.zeros([2], i), np.ones([2, 0], f)),
        ('a label of -1', np.array([4, 3, 0, -1], i), np.ones([4, 4], f)),
        ('int features of rank 1', np.array([0, 1, 2], i), np.ones([3], i)),
    ]
    for name, labels, logits in raw_calls:
        yield {'name': name, 'op': 'raw', 'labels': tensor(labels), 'logits': tensor(logits),
               **attempt(lambda: raw(logits, labels)[0])}


def goldens():
    return {'seed': SEED, 'values': list(value_cases()), 'special': list(special_cases()),
            'errors': list(error_cases())}
