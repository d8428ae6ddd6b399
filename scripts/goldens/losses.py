"""tf.compat.v1.losses.sparse_softmax_cross_entropy: labels x weights x dtype x reduction."""

import numpy as np
import tensorflow as tf

from encoding import error, tensor

SEED = 20260102
R = tf.compat.v1.losses.Reduction
REDUCTIONS = [R.SUM_BY_NONZERO_WEIGHTS, R.NONE, R.SUM, R.MEAN, R.SUM_OVER_BATCH_SIZE]

LABEL_SHAPES = [[], [3], [3, 1], [2, 3], [2, 1, 3], [0]]
SOME = [[], [3], [2, 3]]
ALL = SOME + [[1], [4], [3, 1], [1, 3], [1, 1], [2, 1], [2, 3, 1], [2, 1, 3], [1, 1, 1], [3, 1, 1], [0]]

# Name, dtype, values in order, shapes.
WEIGHTS = [
    ('mixed', 'float32', [0.5, 0, 2, -1, 3, 0.25], ALL),
    ('zeros', 'float32', [0] * 6, SOME),
    ('cancelling', 'float32', [1, -1, 0] * 2, SOME),
    ('negative', 'float32', [-1, -2, 0.5] * 2, SOME),
    ('NaN', 'float32', [1, np.nan, 0, 2, 1, 1], SOME),
    ('integers', 'int32', [2, 0, 1, -3, 5, 1], SOME + [[3, 1]]),
    ('booleans', 'bool', [True, False, True, True, False, True], SOME + [[3, 1]]),
]


def cases():
    rng = np.random.default_rng(SEED)
    for shape in LABEL_SHAPES:
        batch = shape[:-1] if shape[-1:] == [1] else shape
        logits = rng.normal(size=batch + [4]).astype(np.float32)
        labels = rng.integers(0, 4, size=shape).astype(np.int32)
        yield {'labels': tensor(labels), 'logits': tensor(logits),
               'weightings': list(weightings(labels, logits))}


def weightings(labels, logits):
    for name, dtype, values, shapes in WEIGHTS:
        for shape in shapes:
            weights = np.array(values[:int(np.prod(shape))]).reshape(shape).astype(dtype)
            yield {'name': name, 'weights': tensor(weights), **outcomes(labels, logits, weights)}


def outcomes(labels, logits, weights):
    """One a reduction, or an error: the same whatever the reduction."""
    try:
        return {'outcomes': [
            {'reduction': reduction,
             **derivatives(labels, tf.constant(logits), tf.constant(weights), reduction)}
            for reduction in REDUCTIONS]}
    except (ValueError, tf.errors.OpError) as e:  # What TensorFlow refuses.
        return {'error': error(e)}


def derivatives(labels, logits, weights, reduction):
    """The loss, its gradients, and the gradient of |dlogits|^2, which is of second order."""
    with tf.GradientTape() as second:
        second.watch(logits)
        with tf.GradientTape() as first:
            first.watch([logits, weights])
            loss = tf.compat.v1.losses.sparse_softmax_cross_entropy(
                labels, logits, weights, reduction=reduction)
            size = tf.size(loss)  # Up to 1, so that the errors of float32 stay where they are.
            upstream = tf.reshape(tf.cast((tf.range(size) + 1) / size, tf.float32), tf.shape(loss))
            total = tf.reduce_sum(loss * upstream)
        dlogits, dweights = first.gradient(total, [logits, weights])
        penalty = tf.reduce_sum(dlogits * dlogits)
    return {'shape': loss.shape.as_list(), 'loss': values(loss), 'dlogits': values(dlogits),
            **({} if dweights is None else {'dweights': values(dweights)}),
            'dpenalty': values(second.gradient(penalty, logits))}


def values(x):
    """Without a shape: gradients have that of what they are taken to."""
    return tensor(x)['values']


def goldens():
    return {'seed': SEED, 'cases': list(cases())}
