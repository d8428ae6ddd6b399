/** The fields and methods of a LayersModel that `compileSparse` replaces. tf.layers calls most private. */
import {ValueError} from '../errors';
import type {Passes} from './over_batches';
import type {Loss} from './per_output';
import type {Layer} from './warn_of_softmax';

/** A `tf.LayersModel` or `tf.Sequential`. */
export interface LayersModelLike {
  /** A name for each output. */
  readonly outputNames: string[];
  /** What `compileSparse` calls first. */
  compile(args: object): void;
}

/** What `compile` leaves in a LayersModel, and what training reads again. */
interface Compiled extends Passes {
  readonly outputLayers: Layer[];
  readonly lossFunctions: Loss[];
  readonly metricsTensors: Array<[metric: Loss, output: number]>;
  readonly feedLossFns: Loss[];
  readonly feedOutputShapes: unknown[];
}

/** The names of outputs. A Sequential has them once it is built, which `compile` does too. */
export function outputNamesOf(model: LayersModelLike & {build?(): void}): string[] {
  if (!model.outputNames?.length) model.build?.();
  return model.outputNames ?? [];
}

/** A Sequential trains a LayersModel that `compile` makes. */
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
