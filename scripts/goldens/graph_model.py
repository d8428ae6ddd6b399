"""A small model that TensorFlow trains, with its loss in the graph, in tf.js's graph model format.

The format is tensorflowjs_converter's: the frozen GraphDef as JSON, with the values of its constants
beside it, by the names of their nodes. Here they are numbers rather than a binary file.
"""

import json

import numpy as np
import tensorflow as tf
from google.protobuf import json_format
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from encoding import tensor

SEED = 20260104
FEATURES, HIDDEN, CLASSES = 4, 6, 3


class Classifier(tf.Module):
    def __init__(self, rng):
        init = lambda *shape: tf.Variable((rng.normal(size=shape) / 2).astype(np.float32))
        self.layers = [(init(FEATURES, HIDDEN), init(HIDDEN)), (init(HIDDEN, CLASSES), init(CLASSES))]

    def logits(self, x):
        (w1, b1), (w2, b2) = self.layers
        return tf.tanh(x @ w1 + b1) @ w2 + b2

    def __call__(self, x, labels):
        """With int64 labels: those that are fed, and the model's own guesses."""
        logits = self.logits(x)
        loss, backprop = tf.raw_ops.SparseSoftmaxCrossEntropyWithLogits(features=logits, labels=labels)
        guesses = tf.argmax(logits, -1, output_type=tf.int64)
        doubt = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=guesses, logits=logits)
        named = {'loss': loss, 'backprop': backprop, 'cost': tf.reduce_mean(loss), 'doubt': doubt}
        return {name: tf.identity(value, name) for name, value in named.items()}


def trained(rng):
    """Three clouds of points, learned to a small loss."""
    labels = rng.integers(0, CLASSES, size=90)
    centers = 2 * rng.normal(size=[CLASSES, FEATURES])
    x = (centers[labels] + rng.normal(size=[90, FEATURES])).astype(np.float32)
    model = Classifier(rng)
    for _ in range(60):
        with tf.GradientTape() as tape:
            cost = model(x, labels)['cost']
        for variable, gradient in zip(model.trainable_variables,
                                      tape.gradient(cost, model.trainable_variables)):
            variable.assign_sub(0.5 * gradient)
    return model, x[:8], (labels[:8] + [0, 0, 0, 1, 0, 0, 2, 0]) % CLASSES  # Two of them wrong.


def frozen(model):
    """GraphDef JSON without the values of constants, and those values."""
    function = tf.function(model.__call__, input_signature=[
        tf.TensorSpec([None, FEATURES], tf.float32, 'x'), tf.TensorSpec([None], tf.int64, 'labels')])
    graph = convert_variables_to_constants_v2(function.get_concrete_function()).graph.as_graph_def()
    weights = {}
    for node in graph.node:
        if node.op == 'Const':
            value = tf.make_ndarray(node.attr['value'].tensor)
            # The converter too makes int32 of int64, which tf.js does not have.
            weights[node.name] = tensor(value.astype(np.int32) if value.dtype == np.int64 else value)
            del node.attr['value']
    del graph.library.function[:]
    return json.loads(json_format.MessageToJson(graph)), weights


def goldens():
    model, x, labels = trained(np.random.default_rng(SEED))
    topology, weights = frozen(model)
    outputs = {name: tensor(value) for name, value in model(x, labels).items()}
    return {'seed': SEED, 'modelTopology': topology, 'weights': weights,
            'inputs': {'x': tensor(x), 'labels': tensor(labels.astype(np.int32))}, 'outputs': outputs}
