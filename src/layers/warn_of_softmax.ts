import type {SparseLoss} from './sparse_categorical_crossentropy';

/** A layer of tf.layers. */
export interface Layer {
  getClassName(): string;
  getConfig(): Config;
  readonly inboundNodes: Array<{readonly inboundLayers: Layer[]}>;
}

/** Layers that only move numbers, so that the layer before them decides. */
const MOVES = ['Reshape', 'Permute', 'Flatten'];

/** The config of a layer. A wrapper has a `layer`, and a model has `layers`. */
interface Config {
  readonly [name: string]: unknown;
  readonly activation?: unknown;
  readonly layer?: SavedLayer;
  readonly layers?: SavedLayer[];
}

/** Another layer inside a config. */
interface SavedLayer {
  readonly className: string;
  readonly config: Config;
}

/**
 * Models for the loss of tf.layers end in a softmax. This package's loss applies the softmax
 * itself. With two of them a model trains, but badly. Keras warns of it too.
 */
export function warnOfSoftmax(layer: Layer, outputName: string, {fromLogits}: SparseLoss): void {
  if (!fromLogits) return;
  while (MOVES.includes(layer.getClassName())) [layer] = layer.inboundNodes[0].inboundLayers;
  if (!endsInSoftmax({className: layer.getClassName(), config: layer.getConfig()})) return;
  console.warn(
    `compileSparse: remove the softmax of output '${outputName}', since its loss takes logits; ` +
      'tf.softmax(model.predict(x)) then gives probabilities. Or use ' +
      'loss: sparseCategoricalCrossentropy({fromLogits: false}).',
  );
}

/**
 * A timeDistributed or bidirectional layer ends like the layer in it, a model like its last layer.
 */
function endsInSoftmax({className, config}: SavedLayer): boolean {
  if (className === 'Softmax' || config.activation === 'softmax') return true;
  const inner = config.layer ?? config.layers?.at(-1);
  return inner !== undefined && endsInSoftmax(inner);
}
