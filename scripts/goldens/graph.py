"""Names and collections of a TensorFlow graph, as scripts that the specs run step by step.

Each step is a dictionary; what TensorFlow answers is put into it under 'answer' or 'error'.
"""

import numpy as np
import tensorflow as tf

from encoding import error, number

L = tf.compat.v1.losses
R = L.Reduction
LABELS = [0, 1, 2]
LOGITS = np.array([[10, 0, 0], [0, 10, 0], [0, 0, 10]], np.float32)
REGULARIZATION = 'regularization_losses'


def loss(**options):
    """losses.sparse_softmax_cross_entropy; weights: 'number' or 'tensor'."""
    return {'do': 'loss', 'options': options}


def weighted(dtype='float32', **options):
    """losses.compute_weighted_loss of two losses."""
    return {'do': 'weighted', 'dtype': dtype, 'options': options}


def constant(name, value=1.0, collection=None):
    """A constant of that name, added to a collection."""
    return {'do': 'constant', 'name': name, 'value': value, 'collection': collection}


def scope(name, *steps):
    return {'do': 'scope', 'name': name, 'steps': list(steps)}


def collected(scope=None, collection='losses'):
    return {'do': 'collected', 'scope': scope, 'collection': collection}


def total(**options):
    return {'do': 'total', 'options': options}


def regularization(**options):
    return {'do': 'regularization', 'options': options}


def scripts():
    yield 'C2, H25 the default scope, called again', [loss(), loss(), loss(), collected()]
    yield 'every reduction', [loss(reduction=r) for r in R.all()]
    yield 'scope = foo, called again', [loss(scope='foo'), loss(scope='foo'), loss(scope='Foo')]
    for weights in ['number', 'tensor']:
        for name in ['foo/', '']:
            yield f'scope = "{name}" entered again, weights a {weights}', [
                loss(scope=name, reduction=r, weights=weights)
                for r in [R.SUM, R.MEAN, R.SUM, R.NONE, R.SUM_BY_NONZERO_WEIGHTS, R.SUM,
                          R.SUM_OVER_BATCH_SIZE, R.SUM, R.NONE, R.MEAN]]
    yield 'nested scopes', [
        scope('tower', loss(), loss(), scope('inner', loss(), loss(scope='foo'))),
        scope('tower', loss(), scope('inner', loss())),
        scope('tower/', loss(), scope('inner', loss())),
        scope('tower', scope('', loss())),
        scope('TOWER', loss()),
        collected(), collected('tower'), collected('tower/'), collected('tower_1'), collected('.*inner'),
    ]
    yield 'inner scopes of a loss', [
        loss(scope='foo'), scope('foo/', scope('xentropy', constant('x')), scope('num_present'),
                                 scope('assert_broadcastable'), scope('remove_squeezable_dimensions'))]
    yield 'weighted losses', [
        weighted(), weighted(), weighted(scope='foo'), weighted(reduction=R.NONE),
        weighted('int32'), weighted('int32', scope='i/'), weighted('int32', scope='i/'),
        weighted('int32', reduction=R.NONE, scope='i/'), collected()]
    yield 'H1-H10 names', [
        constant('foo'), constant('foo'), constant('foo'),
        constant('foo_1'), constant('foo_1'), constant('foo_1_2'),
        scope('bar', constant('foo'), constant('foo'), scope('', constant('foo')),
              scope('baz', constant('foo'), constant('foo')),
              scope('baz', constant('foo'), constant('foo'))),
        scope('quux', constant('foo')),
        scope('bar', scope('baz', constant('foo'))),
        constant('foo'), constant('bar')]
    yield 'H11 names out of order', [constant(n) for n in ['foo_2', 'foo', 'foo', 'foo']]
    yield 'H12 names that differ by case', [
        constant('foo'), constant('Foo'), scope('bar', constant('foo')), scope('Bar', constant('foo'))]
    yield 'H13 bad scope names', [
        scope(''), scope('foo/'), scope('foo/', scope('_bar')), scope('foo:0'), scope('_bar'),
        scope('foo', scope('a b')), scope('a b'), scope('-x'), scope('foo', scope('-x')),
        loss(scope='foo:0'), loss(scope='ok'), collected()]
    yield 'H19 odd slashes', [
        scope('foo', scope('foo2', constant('c')), scope('a//b/c', constant('c')), scope('', scope('foo3'))),
        scope('foo/', constant('c')), scope('foo5//', scope('foo6', constant('c'))), scope('a//b/c')]
    yield 'G1-G3 regularization losses', [
        regularization(), regularization(),
        constant('two', 2.0, REGULARIZATION), regularization(),
        constant('three', 3.0, REGULARIZATION), regularization(), regularization(name='mine'),
        scope('scope1', constant('one', -1.0, REGULARIZATION)),
        regularization(scope='scope1'), regularization(scope='nowhere'),
        collected(collection=REGULARIZATION)]
    yield 'G4 no collection', [loss(collection=None), loss(collection=''), collected()]
    yield 'another collection', [loss(collection='mine'), collected(), collected(collection='mine'), total()]
    yield 'G6 one loss', [constant('external', 0.875, 'losses'), total(), total(), total(name='again')]
    yield 'L25 no loss', [total(), regularization(), total(scope='foo')]
    yield 'L26 totals', [
        constant('two', 2.0, 'losses'), scope('r', constant('three', 3.0, REGULARIZATION)),
        constant('four', 4.0, REGULARIZATION),
        total(), total(add_regularization_losses=False), total(scope='r'), total(scope='two'),
        total(scope='nowhere')]
    yield 'L27 a scope is a prefix', [
        loss(scope='foo'), loss(scope='foo'), loss(scope='foobar'), collected('foo'), collected('foo/'),
        collected('bar'), collected('.*bar'), collected('foo_1/value:0'), collected('foo|x'), collected('')]
    yield 'constants of losses', [
        loss(scope='', weights='tensor'), regularization(), loss(scope='', reduction=R.MEAN, weights='tensor'),
        regularization(), loss(scope='', reduction=R.NONE, weights='tensor'), regularization()]
    yield 'a total inside a scope', [
        scope('train', constant('two', 2.0, 'losses'), total(), regularization())]
    yield 'shapes that do not add up', [loss(reduction=R.NONE), loss(), total()]
    yield 'an invalid reduction collects nothing', [loss(reduction='sum'), loss(), collected()]


def run(steps):
    for step in steps:
        try:
            answer = DO[step['do']](step)
        except (ValueError, tf.errors.OpError) as e:  # What TensorFlow refuses.
            step['error'] = error(e)['type']
        else:
            if answer is not None:
                step['answer'] = answer


def run_scope(step):
    with tf.compat.v1.get_default_graph().name_scope(step['name']) as name:
        run(step['steps'])
        return name


def run_loss(step):
    options = dict(step['options'])
    weights = options.pop('weights', 'number')
    if 'collection' in options:
        options['loss_collection'] = options.pop('collection')
    weights = 1.0 if weights == 'number' else WEIGHTS[tf.compat.v1.get_default_graph()]
    return L.sparse_softmax_cross_entropy(LABELS, LOGITS, weights, **options).op.name


def run_weighted(step):
    losses = LOSSES[tf.compat.v1.get_default_graph(), step['dtype']]
    return L.compute_weighted_loss(losses, **step['options']).op.name


def run_constant(step):
    constant = tf.constant(step['value'], name=step['name'])
    if step['collection']:
        tf.compat.v1.add_to_collection(step['collection'], constant)
    return constant.op.name


def run_collected(step):
    return [t.op.name for t in L.get_losses(step['scope'], step['collection'])]


def summed(t):
    with tf.compat.v1.Session() as session:
        return {'name': t.op.name, 'value': number(session.run(t))}


DO = {
    'scope': run_scope,
    'loss': run_loss,
    'weighted': run_weighted,
    'constant': run_constant,
    'collected': run_collected,
    'total': lambda step: summed(L.get_total_loss(**step['options'])),
    'regularization': lambda step: summed(L.get_regularization_loss(**step['options'])),
}

# Made before each script, out of the way of its names.
WEIGHTS = {}
LOSSES = {}


def goldens():
    results = []
    for name, steps in scripts():
        with tf.Graph().as_default() as graph:
            WEIGHTS[graph] = tf.constant([1.0, 2.0, 3.0], name='spec_weights')
            LOSSES[graph, 'float32'] = tf.constant([1.0, 2.0], name='spec_losses')
            LOSSES[graph, 'int32'] = tf.constant([1, 2], name='spec_int_losses')
            run(steps)
        results.append({'name': name, 'steps': steps})
    return {'scripts': results}
