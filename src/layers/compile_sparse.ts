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
  /**
   * By default `sparseCategoricalCrossentropy()` for every output. A string names a loss of
   * tf.layers.
   */
  loss?: PerOutput<Loss>;
  /**
   * An array holds the metrics of every output, an object those of each output by its name. For
   * class ids: 'accuracy', 'crossentropy', `sparseTopKCategoricalAccuracy()`, or a function of
   * class ids and predictions.
   */
  metrics?: Metrics;
}

/**
 * The loss of tf.layers for class ids. For every other loss, tf.layers checks that targets have the
 * shape of the output. So the model is compiled with this one, and then our loss replaces it.
 */
const TF_LAYERS_LOSS = 'sparseCategoricalCrossentropy';

/**
 * `model.compile` for integer targets. Afterwards fit, fitDataset, trainOnBatch and evaluate take
 * class ids, and use this package's loss.
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
 * Targets are int32, or integers in float32: `[batch]`, or one for each position, such as
 * `[batch, time]` or `[batch, height, width]`. A last dimension of 1 may follow. A later
 * `model.compile` undoes everything.
 *
 * The model ends in logits; `tf.softmax(model.predict(x))` gives probabilities. With an
 * `ignoreClass`, 'accuracy' leaves ignored targets out, over all batches of an epoch or an
 * evaluation. The loss over several batches is the mean of the batches' means, as in Keras.
 *
 * `model.save(url, {includeOptimizer: true})` keeps the optimizer, but no loss of this package. To
 * continue training, call `compileSparse(loaded, {optimizer: loaded.optimizer})`. Without
 * `includeOptimizer` the loaded model has no optimizer. tf.layers warns while it loads the model:
 * 'Output "..." is missing from loss dictionary'.
 *
 * tf.layers has some limits. `classWeight` works for outputs `[batch, classes]` only, and needs an
 * entry for the `ignoreClass` too. `sampleWeight` is not supported. With several outputs,
 * `val_loss` is the loss of the first output alone. A sequence does not train beside an output of
 * another rank. The mask of an embedding does not reach a loss, so mark padding by `ignoreClass`.
 * docs/layers.md shows alternatives.
 *
 * @param model a `tf.LayersModel` or `tf.Sequential` with one output or several. The outputs for
 *     class ids are logits.
 * @param args the arguments of `model.compile`; a loss is optional.
 * @throws ValueError if `model` is neither, for an unknown argument, if no loss takes class ids, or
 *     for a metric that is wrong for class ids; and the errors of `model.compile`.
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

  // With several outputs, their losses come first in the logs, and then the metrics.
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
    // Without a shape tf.layers does not check targets; it would refuse [batch, time]. The op does.
    compiled.feedLossFns[i] = ours;
    compiled.feedOutputShapes[i] = null;
    warnOfSoftmax(compiled.outputLayers[i], name, ours);
  });
  if (metricsTensors.some(([metric]) => isHitRate(metric))) endPassesInRatios(compiled);
  // model.save writes this field. With the name, a loaded model would train with the loss of
  // tf.layers.
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
