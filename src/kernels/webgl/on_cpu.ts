/**
 * Without the GPU, by the arithmetic of the cpu backend: tiny tensors that have never been there, as
 * tf.js's own kernels do, and everything in WebGL 1, whose shaders know neither bits nor loops of
 * unknown length. A bad label gives NaN, as in the shaders.
 */
import {env, type TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {rowGrad} from '../cpu/row_grad';
import {allocateRowLosses, rowLoss} from '../cpu/row_loss';
import {sizesOf} from './matrix';

export function runsOnCpu(webgl: MathBackendWebGL, inputs: TensorInfo[]): boolean {
  return env().getNumber('WEBGL_VERSION') === 1 || webgl.shouldExecuteOnCPU(inputs);
}

export function lossOnCpu(
  webgl: MathBackendWebGL,
  features: TensorInfo,
  labels: TensorInfo,
): TensorInfo {
  const {loss} = rowLosses(webgl, features, labels);
  return webgl.makeTensorInfo(labels.shape, 'float32', loss);
}

export function gradOnCpu(
  webgl: MathBackendWebGL,
  dy: TensorInfo,
  features: TensorInfo,
  labels: TensorInfo,
): TensorInfo {
  const {logits, classIds, numClasses, statistics} = rowLosses(webgl, features, labels);
  const upstream = webgl.readSync(dy.dataId) as Float32Array;
  const out = new Float32Array(logits.length).fill(NaN);
  classIds.forEach((label, row) => {
    if (!isClass(label, numClasses)) return;
    const begin = row * numClasses;
    rowGrad(upstream[row], logits, begin, begin + numClasses, label, row, statistics, out);
  });
  return webgl.makeTensorInfo(features.shape, 'float32', out);
}

function rowLosses(webgl: MathBackendWebGL, features: TensorInfo, labels: TensorInfo) {
  const {batch, numClasses} = sizesOf(features);
  const logits = webgl.readSync(features.dataId) as Float32Array;
  const classIds = webgl.readSync(labels.dataId) as Int32Array;
  const out = allocateRowLosses(batch);
  classIds.forEach((label, row) => {
    const begin = row * numClasses;
    if (isClass(label, numClasses)) {
      rowLoss(logits, begin, begin + numClasses, label, row, out);
    } else {
      out.loss[row] = NaN;
    }
  });
  return {logits, classIds, numClasses, ...out};
}

function isClass(label: number, numClasses: number): boolean {
  return label >= 0 && label < numClasses;
}
