/**
 * Sparse softmax cross entropy in float64 by plain loops: the truth of every test. Written apart
 * from src/: the row's maximum, Math.exp, and the order of summation of the textbook.
 */
export interface Rows {
  readonly logits: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly numClasses: number;
  readonly options?: {
    readonly ignoreClass?: number;
    readonly labelSmoothing?: number;
    readonly zLoss?: number;
  };
}

export function oracle({logits, labels, numClasses, options = {}}: Rows): {
  loss: number[];
  backprop: number[];
  /** How large the terms are of which a row of backprop is made: 1 without a z-loss. */
  backpropUnits: number[];
} {
  const {ignoreClass, labelSmoothing: s = 0, zLoss: k = 0} = options;
  const loss: number[] = [];
  const backprop: number[] = [];
  const backpropUnits: number[] = [];
  for (let row = 0; row < labels.length; row++) {
    const x = Array.from({length: numClasses}, (_, j) => logits[row * numClasses + j]);
    const label = labels[row];
    if (label === ignoreClass) {
      loss.push(0);
      backpropUnits.push(1);
      x.forEach(() => backprop.push(0));
      continue;
    }
    const max = x.reduce((a, b) => Math.max(a, b));
    const top = x.indexOf(max);
    const exps = x.map((value) => Math.exp(value - max));
    const sumBut = (skipped: number) => exps.reduce((s, e, j) => (j === skipped ? s : s + e), 0);
    const sum = sumBut(-1);
    // log(1 + the rest) keeps a tiny loss; + (max - max) is NaN for a row that holds Infinity.
    const logSumExp = Math.log1p(sumBut(top)) + (max - max); // logsumexp(x - max).
    // A share of 0 takes no part: 0 times the Infinity of a logit ruled out would be NaN.
    const share = (weight: number, value: number) => (weight === 0 ? 0 : weight * value);
    const mean = x.reduce((sum, value) => sum + (max - value) / numClasses, 0); // mean(max - x).
    const lse = max + logSumExp;
    loss.push(logSumExp + share(1 - s, max - x[label]) + share(s, mean) + share(k, lse ** 2));
    const z = share(2 * k, lse); // The factor of p that is due to the z-loss.
    backpropUnits.push(1 + share(2 * k, Math.max(1, Math.abs(lse))));
    exps.forEach((e, j) => {
      const others = j === label ? sumBut(label) / sum : 0;
      // For the label 1 - others for its probability, where that is what the target leaves.
      backprop.push(
        j === label
          ? (s + z) * (1 - others) - (1 - s) * others - s / numClasses
          : (1 + z) * (e / sum) - s / numClasses,
      );
    });
  }
  return {loss, backprop, backpropUnits};
}

/** The Hessian of the loss times v, row by row: p * (v - sum(p * v)). */
export function hessianProduct({logits, labels, numClasses}: Rows, v: ArrayLike<number>): number[] {
  const {backprop} = oracle({logits, labels, numClasses});
  const result: number[] = [];
  for (let row = 0; row < labels.length; row++) {
    const begin = row * numClasses;
    const p = Array.from({length: numClasses}, (_, j) =>
      j === labels[row] ? 1 + backprop[begin + j] : backprop[begin + j],
    );
    const mean = p.reduce((s, value, j) => s + value * v[begin + j], 0);
    p.forEach((value, j) => result.push(value * (v[begin + j] - mean)));
  }
  return result;
}
