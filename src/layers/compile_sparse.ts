import type {Optimizer} from '@tensorflow/tfjs-core';

import {ValueError} from '../errors';
import {compiledOf, type LayersModelLike, notAModel, outputNamesOf} from './compiled';
import {hitRate, isHitRate, isLargest} from './hit_rate';
import {checkMetrics, isAccuracy, metricsOf} from './metrics';
import {addHits, endPassesInRatios} from './over_batches';
import {
  checkTakesClassIds,
  isSparse,
  type Loss,
  lossOf,
  mapLoss,
  type Metrics,
  type PerOutput,
} from './per_output';
import {sparseCategoricalCrossentropy} from './sparse_categorical_crossentropy';
import {warnOfSoftmax} from './warn_of_softmax';

/** The arguments of `model.compile`. */
export interface CompileSparseArgs {
  /** As for `model.compile`: a name or an optimizer. */
  optimizer: string | Optimizer;
  /** By default `sparseCategoricalCrossentropy()` for every output. A string is one of tf.layers' own. */
  loss?: PerOutput<Loss>;
  /**
   * An array is for every output, all of it; an object has those of each. For class ids: 'accuracy',
   * 'crossentropy', `sparseTopKCategoricalAccuracy()`, or a function of class ids and predictions.
   */
  metrics?: Metrics;
}

/**
 * tf.layers' own loss for class ids. tf.layers checks that targets have the shape of the output, for
 * every loss but this one. So the model is compiled with it, and then our loss takes its place.
 */
const TF_LAYERS_LOSS = 'sparseCategoricalCrossentropy';

/**
 * `model.compile` for integer targets: fit, fitDataset, trainOnBatch and evaluate then take class
 * ids, and train with this package's loss.
 *
 * ```js
 * const model = tf.sequential();
 * model.add(tf.layers.dense({units: 3, inputShape: [2], kernelInitializer: 'zeros'})); // Logits.
 * compileSparse(model, {optimizer: tf.train.sgd(1), metrics: ['accuracy']});
 *
 * const xs = tf.tensor2d([[1, 0], [0, 1], [1, 1]]);
 * const ys = tf.tensor1d([0, 1, 2], 'int32');
 * const {history} = await model.fit(xs, ys, {epochs: 100, verbose: 0});
 * console.log(history.loss[0].toFixed(4), history.acc.at(-1));
 * // 1.0986 1
 * ```
 *
 * Targets are int32, or integers in float32: `[batch]`, `[batch, 1]`, or one for each position, such
 * as `[batch, time]` or `[batch, height, width]`. A last dimension of 1 may follow. A later
 * `model.compile` undoes everything.
 *
 * The model ends in logits; `tf.softmax(model.predict(x))` are the probabilities. With an
 * `ignoreClass`, 'accuracy' is the share of counted targets, over all batches of an epoch or an
 * evaluation. The loss over several batches is the mean of the batches' means, as in Keras.
 *
 * `model.save(url, {includeOptimizer: true})` keeps the optimizer, but no loss of this package. To go
 * on, call `compileSparse(loaded, {optimizer: loaded.optimizer})`. Without `includeOptimizer` the
 * loaded model has no optimizer. tf.layers warns while it loads the model: 'Output "..." is missing
 * from loss dictionary'.
 *
 * Some limits are those of tf.layers. `classWeight` works for outputs `[batch, classes]` only, and
 * needs an entry for the `ignoreClass` too. `sampleWeight` is not supported. With several outputs
 * `val_loss` is the loss of the first output alone. A sequence does not train beside an output of
 * another rank. The mask of an embedding does not reach a loss: mark padding by `ignoreClass`.
 * docs/layers.md shows what works instead.
 *
 * @param model a `tf.LayersModel` or `tf.Sequential`, one output or several, whose outputs for class
 *     ids are logits.
 * @param args what `model.compile` takes, and a loss or none.
 * @throws ValueError if `model` is neither, for an unknown argument, if no loss takes class ids, or for
 *     a metric that is wrong for class ids; what `model.compile` throws.
 */
export function compileSparse(model: LayersModelLike, args: CompileSparseArgs): void {
  if (typeof model?.compile !== 'function') throw notAModel();
  checkArgs(args);
  const loss = args.loss ?? sparseCategoricalCrossentropy();
  checkTakesClassIds(loss);
  checkMetrics(outputNamesOf(model), args.metrics, loss);
  model.compile({...args, loss: mapLoss(loss, (each) => (isSparse(each) ? TF_LAYERS_LOSS : each))});
  const compiled = compiledOf(model);
  const {outputNames, metricsTensors} = compiled;

  // The loss of each of several outputs is in the logs, and then come the metrics.
  let place = outputNames.length > 1 ? outputNames.length : 0;
  outputNames.forEach((name, i) => {
    const metrics = metricsOf(args.metrics, name);
    const placeOfFirst = place;
    place += metrics.length;
    const ours = lossOf(loss, name, i);
    if (!isSparse(ours)) return;
    const theirs = compiled.lossFunctions[i];
    compiled.lossFunctions[i] = ours;
    // The loss of this output in the logs, and the metrics 'crossentropy' and 'ce'.
    for (const entry of metricsTensors) {
      if (entry[1] === i && entry[0] === theirs) entry[0] = ours;
    }
    metrics.forEach((metric, k) => {
      const addToPass = addHits.bind(undefined, compiled, placeOfFirst + k);
      const entry = metricsTensors[placeOfFirst + k];
      if (isHitRate(metric)) {
        entry[0] = hitRate(metric.isHit, metric.ignoreClass ?? ours.ignoreClass, addToPass);
      } else if (isAccuracy(metric) && ours.ignoreClass !== undefined) {
        entry[0] = hitRate(isLargest, ours.ignoreClass, addToPass);
      }
    });
    // Without a shape tf.layers checks nothing; it would refuse [batch, time]. The op checks shapes.
    compiled.feedLossFns[i] = ours;
    compiled.feedOutputShapes[i] = null;
    warnOfSoftmax(compiled.outputLayers[i], name, ours);
  });
  if (metricsTensors.some(([metric]) => isHitRate(metric))) endPassesInRatios(compiled);
  // model.save writes this field: by name a loaded model would train with tf.layers' own loss.
  Object.assign(model, {loss: {}});
}

/** The names of `CompileSparseArgs`. */
const ARGS = ['optimizer', 'loss', 'metrics'];

function checkArgs(args: CompileSparseArgs): void {
  if (args?.optimizer === undefined) {
    throw new ValueError(
      "compileSparse: give `args.optimizer`, as 'adam' or tf.train.sgd(0.1). " +
        'A loaded model has one only if model.save got {includeOptimizer: true}.',
    );
  }
  const unknown = Object.keys(args).find((name) => !ARGS.includes(name));
  if (unknown !== undefined) {
    throw new ValueError(
      `compileSparse: use optimizer, loss and metrics in \`args\`, which has no \`${unknown}\`.`,
    );
  }
}
