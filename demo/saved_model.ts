/** The one language model that a browser keeps, in IndexedDB, with what the page shows of it. */
import * as tf from '@tensorflow/tfjs';

import type {LanguageModel} from '../examples/vocabulary/model.js';
import type {StepReport} from './language_messages';
import {Refusal} from './refusal';

const ADDRESS = 'indexeddb://sparse-softmax-cross-entropy-language-model';

/** Saved beside the weights. A type alias, since only those pass as metadata. */
export type Saved = {
  readonly backend: string;
  readonly text: string;
  readonly reports: readonly StepReport[];
};

/** A copy of a model: its artifacts, which later steps do not change. */
export type Artifacts = Awaited<ReturnType<LanguageModel['toArtifacts']>>;

export async function saveModel(artifacts: Artifacts, saved: Saved): Promise<void> {
  await tf.io.getSaveHandlers(ADDRESS)[0].save!({...artifacts, userDefinedMetadata: saved});
}

/** @throws Refusal if there is none. */
export async function loadModel(): Promise<{artifacts: tf.io.ModelArtifacts; saved: Saved}> {
  if (!(ADDRESS in (await tf.io.listModels()))) {
    throw new Refusal('No model is saved in this browser yet. Start one, then press Save.');
  }
  const artifacts = await tf.io.getLoadHandlers(ADDRESS)[0].load!();
  return {artifacts, saved: artifacts.userDefinedMetadata as Saved};
}
