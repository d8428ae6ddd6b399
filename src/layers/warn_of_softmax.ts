import type {SparseLoss} from './sparse_categorical_crossentropy';

/** A layer of tf.layers. */
export interface Layer {
  getClassName(): string;
  getConfig(): Config;
  readonly inboundNodes: Array<{readonly inboundLayers: Layer[]}>;
}

/** Layers that only move numbers. */
const MOVES = ['Reshape', 'Permute', 'Flatten'];

/** What a layer says of itself. A wrapper has a `layer`, and a model has `layers`. */
interface Config {
  readonly [name: string]: unknown;
  readonly activation?: unknown;
  readonly layer?: SavedLayer;
  readonly layers?: SavedLayer[];
}

/** The form in which a config contains another layer. */
interface SavedLayer {
  readonly className: string;
  readonly config: Config;
}

/**
 * Models for tf.layers' own loss end in a softmax. This package's loss takes the softmax itself, and
 * taking it twice trains, but badly. Keras warns of it too.
 */
export function warnOfSoftmax(layer: Layer, outputName: string, {fromLogits}: SparseLoss): void {
  if (!fromLogits) return;
  while (MOVES.includes(layer.getClassName())) [layer] = layer.inboundNodes[0].inboundLayers;
  if (!endsInSoftmax({className: layer.getClassName(), config: layer.getConfig()})) return;
  console.warn(
    `compileSparse: take the softmax of output '${outputName}' away, since its loss takes logits; ` +
      'tf.softmax(model.predict(x)) are the probabilities then. Or use ' +
      'loss: sparseCategoricalCrossentropy({fromLogits: false}).',
  );
}

/** A timeDistributed or bidirectional layer ends as the layer in it, a model as its last layer. */
function endsInSoftmax({className, config}: SavedLayer): boolean {
  if (className === 'Softmax' || config.activation === 'softmax') return true;
  const inner = config.layer ?? config.layers?.at(-1);
  return inner !== undefined && endsInSoftmax(inner);
}
