/** The loss of a linear layer and its gradients in float64, from the oracle of its logits. */
import {oracle, type Rows} from './oracle';

export interface LinearRows extends Omit<Rows, 'logits'> {
  /** [batch, units] */
  readonly inputs: ArrayLike<number>;
  /** [units, classes] */
  readonly kernel: ArrayLike<number>;
  /** [classes] */
  readonly bias: ArrayLike<number>;
  /** [batch] */
  readonly weights: ArrayLike<number>;
}

export interface LinearAnswer {
  readonly loss: number;
  readonly gradients: {readonly [name in 'inputs' | 'kernel' | 'bias' | 'weights']: number[]};
}

/** sum_i weights[i] * loss[i] / D, where D is MEAN's denominator or a constant. */
export function linearOracle(
  rows: LinearRows,
  denominator: number | 'weighted_mean',
): LinearAnswer {
  const {inputs, kernel, bias, labels, numClasses, options} = rows;
  const batch = labels.length;
  const units = kernel.length / numClasses;
  const weights = Array.from(rows.weights, (w, i) => (labels[i] === options?.ignoreClass ? 0 : w));
  const logits: number[] = [];
  for (let i = 0; i < batch; i++) {
    for (let j = 0; j < numClasses; j++) {
      let sum = bias[j];
      for (let u = 0; u < units; u++) sum += inputs[i * units + u] * kernel[u * numClasses + j];
      logits.push(sum);
    }
  }
  const {loss, backprop} = oracle({...rows, logits});
  const d = denominator === 'weighted_mean' ? weights.reduce((a, b) => a + b, 0) : denominator;
  const divide = (x: number) => (d === 0 ? 0 : x / d);
  const total = divide(weights.reduce((sum, w, i) => sum + w * loss[i], 0));
  const shift = denominator === 'weighted_mean' ? total : 0;
  const zeros = (size: number) => new Array<number>(size).fill(0);
  const gradients = {
    inputs: zeros(inputs.length),
    kernel: zeros(kernel.length),
    bias: zeros(numClasses),
    weights: loss.map((l, i) => (labels[i] === options?.ignoreClass ? 0 : divide(l - shift))),
  };
  for (let i = 0; i < batch; i++) {
    for (let j = 0; j < numClasses; j++) {
      const g = divide(weights[i]) * backprop[i * numClasses + j];
      gradients.bias[j] += g;
      for (let u = 0; u < units; u++) {
        gradients.inputs[i * units + u] += g * kernel[u * numClasses + j];
        gradients.kernel[u * numClasses + j] += g * inputs[i * units + u];
      }
    }
  }
  return {loss: total, gradients};
}
