"""One step of SGD under a tf.distribute strategy, with TensorFlow's own op as the loss."""

import numpy as np
import tensorflow as tf

LEARNING_RATE = 0.5


def mean_loss(model, images, labels, examples):
    """The share of these examples in the mean over `examples` of them, in nats."""
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=model(images))
    return tf.reduce_sum(losses) / examples


def gradients_of(model, images, labels, examples):
    with tf.GradientTape() as tape:
        loss = mean_loss(model, images, labels, examples)
    return tape.gradient(loss, model.trainable_variables)


def big_batch_step(model, images, labels):
    """What every strategy must equal: the whole batch at once, on one device."""
    for variable, gradient in zip(
            model.trainable_variables, gradients_of(model, images, labels, len(labels))):
        variable.assign_sub(LEARNING_RATE * gradient)


def distributed_step(strategy, model, images, labels):
    """The batch in equal parts, one for each replica; the strategy adds their gradients up."""
    replicas = strategy.num_replicas_in_sync
    size = len(labels) // replicas

    def part(values):
        return strategy.experimental_distribute_values_from_function(
            lambda context: tf.constant(
                values[context.replica_id_in_sync_group * size:][:size]))

    def step(images, labels):
        gradients = gradients_of(model, images, labels, size * replicas)
        context = tf.distribute.get_replica_context()
        sums = context.all_reduce(tf.distribute.ReduceOp.SUM, gradients)
        for variable, gradient in zip(model.trainable_variables, sums):
            variable.assign_sub(LEARNING_RATE * gradient)

    tf.function(lambda *parts: strategy.run(step, args=parts))(part(images), part(labels))


def largest_difference(a, b):
    return max(float(np.max(np.abs(x - y))) for x, y in zip(a.get_weights(), b.get_weights()))
