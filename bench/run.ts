/** Everything about one shape, in Node as in a page. */
import * as tf from '@tensorflow/tfjs';

import {measure, type Measurements, type Progress} from './measure';
import {modes} from './modes';
import {makeInputs, type Shape} from './shapes';

/** The measurements of each mode, by its title. */
export type Results = {readonly [mode: string]: Measurements};

export async function runShape(shape: Shape, progress: Progress): Promise<Results> {
  const inputs = makeInputs(shape);
  const results: {[mode: string]: Measurements} = {};
  for (const [title, mode] of modes) results[title] = await measure(mode, inputs, progress);
  tf.dispose([inputs.labels, inputs.logits]);
  return results;
}
