import {describe} from '../describe';
import {ValueError} from '../errors';

/** tf.raw_ops: features and labels by their names, and nothing else. */
export function checkNamedInputs(inputs: unknown): void {
  const op = 'rawOps.sparseSoftmaxCrossEntropyWithLogits';
  const kind = describe(inputs);
  if (!kind.startsWith('an object')) {
    throw new ValueError(
      `${op} takes one object, {features, labels}, got ${kind}. ` +
        'By position, labels first, goes sparseSoftmaxCrossEntropyWithLogits(labels, logits).',
    );
  }
  const {features, labels, ...others} = inputs as {[name: string]: unknown};
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new ValueError(
      `${op} takes {features, labels}, got \`${other}\`. ` +
        (other === 'logits'
          ? 'The logits are named `features` here.'
          : 'Options go to sparseSoftmaxCrossEntropyWithLogits(labels, logits, options).'),
    );
  }
  if (features == null || labels == null) {
    throw new ValueError(
      `Both \`features\` and \`labels\` must be provided for ${op}. ` +
        `Received: features=${describe(features)} and labels=${describe(labels)}`,
    );
  }
}
