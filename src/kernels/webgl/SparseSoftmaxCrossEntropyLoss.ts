import {backend} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {
  type LossKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossAttrs,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {refuseLabelsInDebugMode} from '../../arguments/labels';
import {checkClassIds, checkDevice} from './check_device';
import {ignoreClassUniform} from './labels_glsl';
import {FewClassesLossProgram, LossProgram, smoothingUniforms} from './loss_gpu';
import {asPackedMatrix, asVector} from './matrix';
import {lossOnCpu, runsOnCpu} from './on_cpu';
import {refuseLabelsInMemory} from './refuse_labels';
import {runProgram, withScope} from './scope';
import {layoutOf, noStatistics, statisticsOf} from './statistics';

/** A row of so few classes is read again sooner than its statistics are written and read. */
const FEW_CLASSES = 32;

/**
 * [features, labels] -> [loss, statistics]; one draw for few classes, two for more. A label outside
 * [0, classes) is an error in main memory. On the GPU, where nothing is read back, its row is NaN.
 */
export const sparseSoftmaxCrossEntropyLossConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'webgl',
  refuse: (labels, numClasses, ignoreClass) => {
    const webgl = backend() as MathBackendWebGL;
    checkDevice(webgl); // The engine hides what a kernel throws in debug mode and under tf.profile.
    checkClassIds(numClasses, ignoreClass);
    refuseLabelsInDebugMode(labels, numClasses, ignoreClass);
    refuseLabelsInMemory(webgl, labels, numClasses, ignoreClass);
  },
  kernelFunc: ({inputs, attrs = {}, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    const options = attrs as SparseSoftmaxCrossEntropyLossAttrs;
    const {ignoreClass, labelSmoothing = 0, zLoss = 0} = options;
    const webgl = backend as MathBackendWebGL;
    const {batch, numClasses} = sizesOf(features);
    checkDevice(webgl);
    // Repeated for callers who bypass the op.
    checkClassIds(numClasses, ignoreClass);
    refuseLabelsInMemory(webgl, labels, numClasses, ignoreClass);
    if (runsOnCpu(webgl, [features, labels])) {
      return [
        lossOnCpu(webgl, features, labels, {ignoreClass, labelSmoothing, zLoss}),
        noStatistics(webgl, batch),
      ];
    }
    return withScope(webgl, (scope) => {
      const matrix = asPackedMatrix(webgl, features, scope);
      const rowInputs = [matrix, asVector(labels)];
      const withDeficit = labelSmoothing > 0;
      const uniforms = {
        numClasses,
        ignoreClass: ignoreClassUniform(ignoreClass),
        ...smoothingUniforms(labelSmoothing, numClasses),
        zLoss,
      };
      if (numClasses <= FEW_CLASSES) {
        const program = new FewClassesLossProgram(batch, withDeficit);
        const loss = runProgram(webgl, program, rowInputs, uniforms);
        return [{...loss, shape: labels.shape}, noStatistics(webgl, batch)];
      }
      const statistics = scope.output(statisticsOf(webgl, matrix, withDeficit));
      const program = new LossProgram(batch, withDeficit);
      const loss = runProgram(webgl, program, [...rowInputs, statistics], {
        ...uniforms,
        ...layoutOf(statistics, batch),
      });
      return [{...loss, shape: labels.shape}, statistics];
    });
  },
} as const satisfies LossKernelConfig;
