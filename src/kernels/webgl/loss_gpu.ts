/**
 * With the label's logit x[y] and s the label smoothing,
 *
 *   loss = (1 - s) (logsumexp - x[y]) + s (logsumexp - mean),   logsumexp = log(sumExp) + shift
 *        = log(sumExp) + (1 - s) (shift - x[y]) + s (shift - mean)
 *
 * in this order: with logits of a million, log(sumExp) would not survive being added to the shift
 * first. Distances are taken by halves, since two float32 may be 6e38 apart, and doubled once they have
 * been weighted; halving and doubling are exact. Half of shift - mean is
 *
 *   deficit / (2 classes deficitScale)
 *
 * A weight of 0 leaves its distance out, which may be Infinity.
 *
 * A z-loss k adds k logsumexp^2. One factor is multiplied by k first, so that only a result too large
 * for a float overflows.
 */
import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {labelsGlsl} from './labels_glsl';
import {oneRow, scanWindowGlsl} from './scan_window_glsl';
import {deficitScaleOf, statisticsGlsl} from './statistics_glsl';
import {combineWindowsGlsl} from './windows_glsl';

/** What the loss depends on beside the row. */
const lossUniforms = [
  {name: 'numClasses' as const, type: 'int' as const},
  {name: 'ignoreClass' as const, type: 'float' as const},
  {name: 'labelWeight' as const, type: 'float' as const},
  {name: 'deficitWeight' as const, type: 'float' as const},
  {name: 'deficitScale' as const, type: 'float' as const},
  {name: 'zLoss' as const, type: 'float' as const},
];

/** 1 - s and s / (2 classes deficitScale), and that scale. */
export function smoothingUniforms(labelSmoothing: number, numClasses: number) {
  const deficitScale = deficitScaleOf(numClasses);
  return {
    labelWeight: 1 - labelSmoothing,
    deficitWeight: labelSmoothing / (2 * numClasses * deficitScale),
    deficitScale,
  };
}

/**
 * Needs the ints row and rowPair and the floats shift, sumExp and, with it, deficit; sets the output. A label
 * out of range reads no neighbour's logit: its loss is NaN.
 */
const setLossGlsl = (withDeficit: boolean) => `
    float label = roundLabel(getChannel(getLabels(row), row));
    bool isClass = label >= 0. && label < float(numClasses);
    int column = isClass ? int(label) : 0;
    ivec2 featuresSize = texelsOf(featuresTexShape);
    int number = rowPair * ((numClasses + 1) / 2) + column / 2;
    vec4 x = texture(features, texelAt(number, featuresSize) / vec2(featuresSize));
    float labelLogit = getChannel(x, vec2(row, column));

    float halfDistance = 0.;
    if (labelWeight > 0.) halfDistance += labelWeight * (0.5 * shift - 0.5 * labelLogit);
    ${withDeficit ? 'if (deficitWeight > 0.) halfDistance += deficitWeight * deficit;' : ''}
    float loss = log(sumExp) + 2. * halfDistance;
    if (zLoss > 0.) {
      float logSumExp = shift + log(sumExp);
      loss += zLoss * logSumExp * logSumExp;
    }
    setOutput(label == ignoreClass ? 0. : isClass && isSum(sumExp) ? loss : NAN);
`;

/**
 * features [batch, classes], labels [batch], statistics of StatisticsProgram -> loss [batch].
 *
 * Not packed: what follows a loss is a sum or a mean, and those of tf.js read no packed texture.
 */
export class LossProgram implements GPGPUProgram {
  readonly variableNames = ['features', 'labels', 'statistics'];
  readonly packedInputs = true;
  readonly packedOutput = false;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [
    ...lossUniforms,
    {name: 'windows' as const, type: 'int' as const},
    {name: 'rowsPerTexel' as const, type: 'int' as const},
  ];
  readonly outputShape: number[];
  readonly userCode: string;

  constructor(batch: number, withDeficit: boolean) {
    this.outputShape = [batch];
    this.userCode = `
  ${statisticsGlsl()}
  ${labelsGlsl}
  void main() {
    int row = getOutputCoords();
    int rowPair = row / 2;
    ${combineWindowsGlsl(withDeficit)}
    ${setLossGlsl(withDeficit)}
  }
`;
  }
}

/**
 * features [batch, classes], labels [batch] -> loss [batch], with nothing in between: each fragment
 * reads its whole row. Not packed, as `LossProgram`.
 */
export class FewClassesLossProgram implements GPGPUProgram {
  readonly variableNames = ['features', 'labels'];
  readonly packedInputs = true;
  readonly packedOutput = false;
  readonly enableShapeUniforms = true;
  readonly customUniforms = lossUniforms;
  readonly outputShape: number[];
  readonly userCode: string;

  constructor(batch: number, withDeficit: boolean) {
    this.outputShape = [batch];
    this.userCode = `
  ${statisticsGlsl()}
  ${labelsGlsl}
  void main() {
    int row = getOutputCoords();
    int rowPair = row / 2;
    bool isUpper = row == 2 * rowPair;
    const int window = 0;
    const int windows = 1;
    ${scanWindowGlsl(oneRow, withDeficit)}
    ${setLossGlsl(withDeficit)}
  }
`;
  }
}
