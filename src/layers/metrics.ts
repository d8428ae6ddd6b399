/** The metrics of outputs whose targets are class ids. */
import {describe} from '../arguments/describe';
import {ValueError} from '../errors';
import {isHitRate} from './hit_rate';
import {isSparse, type Loss, lossOf, type Metrics, type PerOutput} from './per_output';
import {sparseCategoricalCrossentropy} from './sparse_categorical_crossentropy';
import {sparseTopKCategoricalAccuracy} from './sparse_top_k_categorical_accuracy';

/** The names that tf.layers understands for class ids, when its own loss for them is compiled. */
const ACCURACY = ['accuracy', 'acc'];
const NAMES = [...ACCURACY, 'crossentropy', 'ce', 'sparseCategoricalCrossentropy'];

/** The cure in messages. */
const CHOICE =
  "'accuracy', 'crossentropy', sparseTopKCategoricalAccuracy() or a function of your own";

/** Functions that users may pass without calling them. */
const FACTORIES = {sparseTopKCategoricalAccuracy, sparseCategoricalCrossentropy};

/** The functions of tf.metrics that compare targets with predictions number by number. */
const DENSE_METRICS = [
  'binaryAccuracy',
  'binaryCrossentropy',
  'categoricalAccuracy',
  'categoricalCrossentropy',
  'precision',
  'recall',
  'cosineProximity',
  'meanAbsoluteError',
  'meanAbsolutePercentageError',
  'meanSquaredError',
  'mape',
  'MAPE',
  'mse',
  'MSE',
  'r2Score',
];

/** The metrics of one output, in the order in which `model.compile` takes them. */
export function metricsOf(metrics: Metrics | undefined, outputName: string): Loss[] {
  if (metrics === undefined || metrics === null) return [];
  const ofOutput =
    typeof metrics === 'object' && !Array.isArray(metrics) ? (metrics[outputName] ?? []) : metrics;
  return [ofOutput].flat();
}

/** Whether 'accuracy' was asked for. */
export function isAccuracy(metric: Loss): boolean {
  return typeof metric === 'string' && ACCURACY.includes(metric);
}

/** Checks the metrics of all outputs whose targets are class ids. */
export function checkMetrics(
  outputNames: string[],
  metrics: Metrics | undefined,
  loss: PerOutput<Loss>,
): void {
  if (typeof metrics === 'object' && !Array.isArray(metrics)) {
    const unknown = Object.keys(metrics ?? {}).find((name) => !outputNames.includes(name));
    if (unknown !== undefined) {
      throw new ValueError(
        `compileSparse: name outputs of the model in \`metrics\`, ${outputNames.join(' or ')}; ` +
          `got '${unknown}'.`,
      );
    }
  }
  outputNames.forEach((name, i) => {
    const ours = lossOf(loss, name, i);
    if (!isSparse(ours)) return;
    for (const metric of metricsOf(metrics, name)) checkMetric(metric, name, ours.ignoreClass);
  });
}

/**
 * Refuses a metric that would be silently wrong: most metrics of tf.layers take targets of the
 * shape of the output. A function is known by its name, which the builds of tf.js keep. A bundler
 * may add a number to the name. A minifier that shortens names hides the function from this check.
 */
function checkMetric(metric: Loss, outputName: string, ignoreClass: number | undefined): void {
  const factory = Object.entries(FACTORIES).find(([, make]: [string, unknown]) => make === metric);
  if (factory) {
    throw new ValueError(
      `compileSparse: write ${factory[0]}() in \`metrics\`, with parentheses: ` +
        'the function makes the metric.',
    );
  }
  if (typeof metric === 'string' ? NAMES.includes(metric) : isHitRate(metric)) return;
  const name = typeof metric === 'string' ? metric : metric?.name?.replace(/\$?\d+$/, '');
  if (/^sparse_?categorical_?accuracy$/i.test(name)) {
    if (typeof metric === 'function' && ignoreClass === undefined) return;
    throw new ValueError(
      `compileSparse: write 'accuracy' for output '${outputName}'. ` +
        (typeof metric === 'string'
          ? `tf.layers has no metric '${metric}'.`
          : `tf.metrics.${name} counts ignored targets as wrong.`),
    );
  }
  if (typeof metric === 'function' && !DENSE_METRICS.includes(name)) return; // The user's own.
  throw new ValueError(
    `compileSparse: use ${CHOICE} for output '${outputName}', whose targets are class ids. ` +
      `Got ${typeof metric === 'function' ? `the function ${name}` : describe(metric)}; ` +
      'metrics of tf.layers need targets of the shape of the output. ' +
      `With several outputs, give metrics by name, as {${outputName}: 'accuracy'}. ` +
      'A function of your own needs another name.',
  );
}
