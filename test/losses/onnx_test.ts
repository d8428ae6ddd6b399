/**
 * ONNX's SoftmaxCrossEntropyLoss by this package's loss: class weights, ignore_index, every
 * reduction, and the class axis 1 of its node tests (NC, NCd1, NCd1d2 ...).
 */
import * as tf from '@tensorflow/tfjs';

import {losses} from '../../src/index';
import {describeEachBackend} from '../helpers/backends';
import {itemsOn} from '../helpers/pairwise';
import {classIds, generator, normals} from '../helpers/random';

const NUM_CLASSES = 5;

const reductions = {
  none: losses.Reduction.NONE,
  sum: losses.Reduction.SUM,
  mean: losses.Reduction.MEAN, // Over the weights of the labels that count, in both.
} as const;

interface Node {
  readonly batch: number;
  /** d1, d2 ... */
  readonly inner: readonly number[];
  readonly reduction: keyof typeof reductions;
  readonly classWeights?: readonly number[];
  readonly ignoreIndex?: number;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((size, n) => size * n, 1);

/**
 * ONNX's definition in float64. Scores are `[batch, classes, d1, ...]`, labels `[batch, d1, ...]`.
 */
function reference(node: Node, scores: Float32Array, labels: Int32Array): number[] {
  const numInner = sizeOf(node.inner);
  let sumOfWeights = 0;
  const weighted = Array.from(labels, (label, i) => {
    if (label === node.ignoreIndex) return 0;
    const [example, place] = [Math.floor(i / numInner), i % numInner];
    const row = Array.from(
      {length: NUM_CLASSES},
      (_, c) => scores[(example * NUM_CLASSES + c) * numInner + place],
    );
    const largest = Math.max(...row);
    const sumExp = row.reduce((sum, x) => sum + Math.exp(x - largest), 0);
    const weight = node.classWeights?.[label] ?? 1;
    sumOfWeights += weight;
    return weight * (largest + Math.log(sumExp) - row[label]);
  });
  if (node.reduction === 'none') return weighted;
  const sum = weighted.reduce((a, b) => a + b, 0);
  return [node.reduction === 'sum' ? sum : sum / sumOfWeights];
}

/** A user's call for ONNX's node. */
function onnxLoss(node: Node, scores: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  const {ignoreIndex, classWeights} = node;
  const axes = [...scores.shape.keys()].filter((axis) => axis !== 1);
  const logits = tf.transpose(scores, [...axes, 1]);
  const valid =
    ignoreIndex === undefined
      ? labels
      : tf.mul(labels, tf.cast(tf.notEqual(labels, ignoreIndex), 'int32'));
  const weights = classWeights ? tf.gather(tf.tensor1d([...classWeights]), valid) : 1;
  return losses.sparseSoftmaxCrossEntropy(labels, logits, weights, {
    reduction: reductions[node.reduction],
    ...(ignoreIndex !== undefined && {ignoreClass: ignoreIndex}),
  });
}

const shapes = [
  {batch: 3, inner: []},
  {batch: 3, inner: [2]},
  {batch: 3, inner: [6, 6]},
  {batch: 3, inner: [2, 3, 2]},
  {batch: 2, inner: [1, 2, 2, 2]},
];

const nodes: readonly Node[] = shapes.flatMap((shape) =>
  (['none', 'sum', 'mean'] as const).flatMap((reduction) =>
    [undefined, [0.9, 0.7, 0.8, 0.9, 0.25]].flatMap((classWeights) =>
      [undefined, 0, -1].map((ignoreIndex) => ({...shape, reduction, classWeights, ignoreIndex})),
    ),
  ),
);

const featuresOf = ({inner, reduction, classWeights, ignoreIndex}: Node) => [
  `${inner}`,
  reduction,
  `${classWeights}`,
  `${ignoreIndex}`,
];

describeEachBackend("losses agree with ONNX's SoftmaxCrossEntropyLoss", (backendName) => {
  for (const node of itemsOn(backendName, nodes, featuresOf)) {
    const {batch, inner, reduction, classWeights, ignoreIndex} = node;
    const axes = ['N', 'C', ...inner.map((_, i) => `d${i + 1}`)].join('');
    const weighted = classWeights ? ', weighted' : '';
    it(`${axes}, ${reduction}${weighted}, ignore_index ${ignoreIndex}`, async () => {
      const scoresShape = [batch, NUM_CLASSES, ...inner];
      const scores = normals(sizeOf(scoresShape), 3, 0, inner.length);
      const random = generator(inner.length);
      const labels = classIds(batch * sizeOf(inner), NUM_CLASSES, inner.length).map((label, i) =>
        ignoreIndex === undefined || (i > 0 && random() < 0.7) ? label : ignoreIndex,
      );
      labels[1] = 1; // One label counts, the first is ignored.
      const loss = onnxLoss(
        node,
        tf.tensor(scores, scoresShape),
        tf.tensor(labels, [batch, ...inner], 'int32'),
      );
      expect(loss.shape).toEqual(reduction === 'none' ? [batch, ...inner] : []);
      await expectAsync(loss).toBeAllClose(reference(node, scores, labels), {
        relative: 4e-6,
        absolute: 4e-6,
      });
    });
  }
});
