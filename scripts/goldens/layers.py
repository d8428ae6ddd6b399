"""keras.losses.SparseCategoricalCrossentropy, and models that Keras trains with it, in float64."""

import keras
import numpy as np
import tensorflow as tf

from encoding import tensor

SEED = 20260103
CLASSES = 4
Loss = keras.losses.SparseCategoricalCrossentropy

keras.config.set_floatx('float64')


def loss_cases():
    rng = np.random.default_rng(SEED)
    for shape in [[5], [5, 1], [2, 3], [2, 3, 1]]:
        batch = shape[:-1] if shape[-1] == 1 else shape
        logits = (3 * rng.normal(size=batch + [CLASSES])).astype(np.float32)
        labels = rng.integers(0, CLASSES, size=shape).astype(np.int32)
        labels.flat[0] = 1
        padded = labels.copy()
        padded.flat[[1, 4]] = -1
        probabilities = tf.nn.softmax(logits).numpy()
        probabilities[..., 0, :] = [1, 0, 0, 0]  # Clipped: the label is 1.
        for from_logits, y_pred in [(True, logits), (False, probabilities)]:
            for y_true, ignore_class in [(labels, None), (labels, 1), (padded, -1),
                                         (np.full_like(labels, 2), 2)]:
                yield loss_case(y_true, y_pred, from_logits, ignore_class)


def loss_case(y_true, y_pred, from_logits, ignore_class):
    """The mean, which is over the targets that count, its gradient, and each target's own loss."""
    options = {'from_logits': from_logits, 'ignore_class': ignore_class}
    x = tf.constant(y_pred, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(x)
        mean = Loss(**options)(y_true, x)
    return {'yTrue': tensor(y_true), 'yPred': tensor(y_pred), 'fromLogits': from_logits,
            'ignoreClass': ignore_class, 'mean': tensor(mean), 'gradient': tensor(tape.gradient(mean, x)),
            'losses': tensor(Loss(**options, reduction='none')(y_true, x))}


def top_k_cases():
    """Whether each target is hit: ties, targets that are no class, logits that are not finite."""
    rng = np.random.default_rng(SEED + 2)
    for k in [1, 2, 5]:
        for shape in [[6], [6, 1], [2, 3], [2, 3, 1]]:
            batch = shape[:-1] if shape[-1] == 1 else shape
            logits = rng.integers(-2, 3, size=batch + [CLASSES]).astype(np.float32)
            labels = rng.integers(0, CLASSES, size=shape).astype(np.int32)
            yield top_k_case(k, labels, logits)
    for value in [np.nan, np.inf, -np.inf]:
        logits = np.array([[value, 1, 2, 3]] * CLASSES, np.float32)
        yield top_k_case(3, np.arange(CLASSES, dtype=np.int32), logits)
    yield top_k_case(4, np.array([-1, 4, 0], np.int32), np.zeros([3, CLASSES], np.float32))


def top_k_case(k, y_true, y_pred):
    hits = keras.metrics.sparse_top_k_categorical_accuracy(y_true, y_pred, k=k)
    return {'k': k, 'yTrue': tensor(y_true), 'yPred': tensor(y_pred), 'hits': tensor(hits)}


def fit_cases():
    """One Dense layer for each output, trained for three epochs without shuffling."""
    rng = np.random.default_rng(SEED + 1)
    x = rng.normal(size=[10, 3])
    y = rng.integers(0, CLASSES, size=[10, 1])
    sequences = rng.normal(size=[6, 3, 2])
    words = rng.integers(-1, CLASSES, size=[6, 3])
    weights = {i: round(0.5 + i * 0.75, 2) for i in range(CLASSES)}
    yield fit_case('a classifier', x, {'ids': y}, rng)
    yield fit_case('class weights', x, {'ids': y}, rng, class_weight=weights)
    yield fit_case('a class ignored', x, {'ids': y}, rng, ignore_class=2)
    yield fit_case('sequences', sequences, {'ids': np.abs(words)}, rng)
    yield fit_case('padded sequences', sequences, {'ids': words}, rng, ignore_class=-1)
    yield fit_case('two outputs', x, {'ids': y, 'value': rng.normal(size=[10, 1])}, rng)


def fit_case(name, x, ys, rng, ignore_class=None, class_weight=None):
    inputs = keras.Input(x.shape[1:])
    units = {'ids': CLASSES, 'value': 1}
    losses = {'ids': Loss(from_logits=True, ignore_class=ignore_class), 'value': 'mse'}
    metrics = {'ids': ['accuracy'], 'value': []}
    # Keras takes class weights of one bare output alone.
    each = lambda of: of('ids') if len(ys) == 1 else [of(output) for output in ys]
    model = keras.Model(inputs, each(lambda output: keras.layers.Dense(units[output], name=output)(inputs)))
    model.compile(keras.optimizers.SGD(0.1), loss=each(losses.get), metrics=each(metrics.get))
    model.set_weights([rng.normal(size=w.shape).astype(np.float32) for w in model.get_weights()])
    x = x.astype(np.float32)
    before = [tensor(w.astype(np.float32)) for w in model.get_weights()]
    history = model.fit(x, each(ys.get), batch_size=4, epochs=3, shuffle=False, verbose=0,
                        class_weight=class_weight, validation_data=(x, each(ys.get))).history
    if len(ys) > 1:  # The other logs of several outputs are averaged and named otherwise in tf.layers.
        history = {log: history[log] for log in ['loss', 'ids_accuracy']}
    return {'name': name, 'x': tensor(x), 'ys': {k: tensor(dtyped(v)) for k, v in ys.items()},
            'ignoreClass': ignore_class, 'classWeight': class_weight, 'before': before,
            'history': history, 'after': [tensor(w) for w in model.get_weights()]}


def dtyped(y):
    return y.astype(np.int32 if y.dtype == np.int64 else np.float32)


def goldens():
    return {'keras': keras.__version__, 'seed': SEED, 'losses': list(loss_cases()),
            'topK': list(top_k_cases()), 'fits': list(fit_cases())}
