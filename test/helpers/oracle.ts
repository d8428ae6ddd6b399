/**
 * Sparse softmax cross entropy in float64 by plain loops: the truth of every test. Written apart
 * from src/: the row's maximum, Math.exp, and the order of summation of the textbook.
 */
export interface Rows {
  readonly logits: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly numClasses: number;
}

export function oracle({logits, labels, numClasses}: Rows): {loss: number[]; backprop: number[]} {
  const loss: number[] = [];
  const backprop: number[] = [];
  for (let row = 0; row < labels.length; row++) {
    const x = Array.from({length: numClasses}, (_, j) => logits[row * numClasses + j]);
    const label = labels[row];
    const max = x.reduce((a, b) => Math.max(a, b));
    const top = x.indexOf(max);
    const exps = x.map((value) => Math.exp(value - max));
    const sumBut = (skipped: number) => exps.reduce((s, e, j) => (j === skipped ? s : s + e), 0);
    const sum = sumBut(-1);
    // log(1 + the rest) keeps a tiny loss; + (max - max) is NaN for a row that holds Infinity.
    loss.push(Math.log1p(sumBut(top)) + (max - x[label]) + (max - max));
    exps.forEach((e, j) => backprop.push(j === label ? 0 - sumBut(label) / sum : e / sum));
  }
  return {loss, backprop};
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
