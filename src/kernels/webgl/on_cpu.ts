/**
 * Loss and Grad without the GPU, with the arithmetic of the cpu backend. As in tf.js's kernels,
 * tiny tensors that are still in main memory stay there. WebGL 1 runs everything here: its shaders
 * have neither bits nor loops of unknown length. A bad label gives NaN, as in the shaders.
 */
import {env, type TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {sizesOf} from '../../kernel_names';
import type {GradAttrs, LossAttrs} from '../define_kernels';
import {type Batch, gradOfRows, lossOfRows} from '../rows/batch';

export function runsOnCpu(webgl: MathBackendWebGL, inputs: TensorInfo[]): boolean {
  return env().getNumber('WEBGL_VERSION') === 1 || webgl.shouldExecuteOnCPU(inputs);
}

export function lossOnCpu(
  webgl: MathBackendWebGL,
  features: TensorInfo,
  labels: TensorInfo,
  attrs: LossAttrs,
): TensorInfo {
  const {loss} = lossOfRows(batchOf(webgl, features, labels), attrs);
  return webgl.makeTensorInfo(labels.shape, 'float32', loss);
}

/**
 * Computes the statistics again: the given ones may be on the GPU, or in the layout of the shaders.
 */
export function gradOnCpu(
  webgl: MathBackendWebGL,
  dy: TensorInfo,
  features: TensorInfo,
  labels: TensorInfo,
  attrs: GradAttrs,
): TensorInfo {
  const batch = batchOf(webgl, features, labels);
  const {ignoreClass} = attrs;
  const {statistics} = lossOfRows(batch, {ignoreClass, labelSmoothing: 0, zLoss: 0});
  const dyOfRows = webgl.readSync(dy.dataId) as Float32Array;
  const dfeatures = gradOfRows(dyOfRows, batch, statistics, attrs);
  return webgl.makeTensorInfo(features.shape, 'float32', dfeatures);
}

function batchOf(webgl: MathBackendWebGL, features: TensorInfo, labels: TensorInfo): Batch {
  return {
    logits: webgl.readSync(features.dataId) as Float32Array,
    labels: webgl.readSync(labels.dataId) as Int32Array,
    numClasses: sizesOf(features).numClasses,
  };
}
