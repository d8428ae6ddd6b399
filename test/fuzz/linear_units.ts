/** How large the terms are that a linear loss and its gradients are sums of. */
import type {LinearRows} from '../helpers/linear_oracle';

type Name = 'loss' | 'inputs' | 'kernel' | 'bias' | 'weights';

export function linearUnits(
  {inputs, kernel, bias, weights, numClasses, options}: LinearRows,
  denominator: number,
): {readonly [name in Name]: number} {
  const largest = (values: ArrayLike<number>) =>
    Array.from(values).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const units = kernel.length / numClasses;
  // No logit is larger, and so no loss is much larger than twice that.
  const logit = Math.max(1, units * largest(inputs) * largest(kernel) + largest(bias));
  const zLoss = options?.zLoss ?? 0;
  const loss = logit + zLoss * logit ** 2;
  const softmax = 1 + 2 * zLoss * logit;
  const share = denominator === 0 ? 0 : 1 / Math.abs(denominator);
  const row = share * largest(weights);
  const total = share * Array.from(weights).reduce((sum, w) => sum + Math.abs(w), 0);
  return {
    loss: total * loss,
    inputs: row * softmax * largest(kernel),
    kernel: total * softmax * largest(inputs),
    bias: total * softmax,
    weights: share * loss * (1 + total),
  };
}
