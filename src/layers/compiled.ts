/**
 * The fields and methods of a LayersModel that `compileSparse` replaces. Most are private to
 * tf.layers.
 */
import {ValueError} from '../errors';
import type {Passes} from './over_batches';
import type {Loss} from './per_output';
import type {Layer} from './warn_of_softmax';

/** A `tf.LayersModel` or `tf.Sequential`. */
export interface LayersModelLike {
  /** A name for each output. */
  readonly outputNames: string[];
  /** `compileSparse` calls it first. */
  compile(args: object): void;
}

/** The fields of a LayersModel that `compile` sets and training reads. */
interface Compiled extends Passes {
  readonly outputLayers: Layer[];
  readonly lossFunctions: Loss[];
  readonly metricsTensors: Array<[metric: Loss, output: number]>;
  readonly feedLossFns: Loss[];
  readonly feedOutputShapes: unknown[];
}

/** The names of outputs. A Sequential has them once it is built; `compile` would build it too. */
export function outputNamesOf(model: LayersModelLike & {build?(): void}): string[] {
  if (!model.outputNames?.length) model.build?.();
  return model.outputNames ?? [];
}

/** A Sequential trains through a LayersModel inside it, which `compile` makes. */
export function compiledOf(model: LayersModelLike & {model?: object}): Compiled {
  const compiled: object = model.model ?? model;
  if (!isCompiled(compiled)) throw notAModel();
  return compiled;
}

function isCompiled(model: object): model is Compiled {
  const {lossFunctions, metricsTensors, feedLossFns, feedOutputShapes} = model as Partial<Compiled>;
  const {fit, fitDataset, testLoop, evaluateDataset} = model as Partial<Compiled>;
  return (
    [lossFunctions, metricsTensors, feedLossFns, feedOutputShapes].every(Array.isArray) &&
    [fit, fitDataset, testLoop, evaluateDataset].every((method) => typeof method === 'function')
  );
}

export function notAModel(): ValueError {
  return new ValueError(
    'compileSparse: `model` must be a tf.LayersModel or a tf.Sequential of tf.js 4.',
  );
}
