import type {SparseLoss} from './sparse_categorical_crossentropy';

/** A layer of tf.layers. */
export interface Layer {
  getClassName(): string;
  getConfig(): {[name: string]: unknown};
}

/**
 * Models for tf.layers' own loss end in a softmax. This package's loss takes the softmax itself, and
 * taking it twice trains, but badly. Keras warns of it too.
 */
export function warnOfSoftmax(layer: Layer, outputName: string, {fromLogits}: SparseLoss): void {
  const isSoftmax =
    layer.getClassName() === 'Softmax' || layer.getConfig()['activation'] === 'softmax';
  if (!fromLogits || !isSoftmax) return;
  console.warn(
    `compileSparse: output '${outputName}' is a softmax, but its loss takes logits. Take the softmax ` +
      'away (the class with the largest logit is the same), or use ' +
      'loss: sparseCategoricalCrossentropy({fromLogits: false}).',
  );
}
