import {backend} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {refuseLabelsInDebugMode} from '../../arguments/labels';
import {defineLoss} from '../define_kernels';
import {checkClassIds, checkDevice} from './check_device';
import {FewClassesLossProgram} from './few_classes_loss_gpu';
import {LossProgram} from './loss_gpu';
import {asPackedMatrix, asVector} from './matrix';
import {lossOnCpu, runsOnCpu} from './on_cpu';
import {refuseLabelsInMemory} from './refuse_labels';
import {runProgram, withScope} from './scope';
import {layoutOf, noStatistics, statisticsOf} from './statistics';
import {gapScaleOf} from './statistics_glsl';
import {attrUniforms} from './uniforms';
import {FEW_CLASSES} from './windows';

/**
 * One draw for few classes, two for more. A label outside [0, classes) is an error in main memory.
 * On the GPU, where nothing is read back, its row is NaN.
 */
export const sparseSoftmaxCrossEntropyLossConfig = defineLoss<'webgl', MathBackendWebGL>({
  backendName: 'webgl',
  refuse: (labels, numClasses, ignoreClass) => {
    const webgl = backend() as MathBackendWebGL;
    // Here too: the engine hides what a kernel throws in debug mode and under tf.profile.
    checkDevice(webgl);
    checkClassIds(numClasses, ignoreClass);
    refuseLabelsInDebugMode(labels, numClasses, ignoreClass);
    refuseLabelsInMemory(webgl, labels, numClasses, ignoreClass);
  },
  compute: ({features, labels, batch, numClasses, attrs, backend}) => {
    checkDevice(backend);
    if (runsOnCpu(backend, [features, labels])) {
      return [lossOnCpu(backend, features, labels, attrs), noStatistics(backend, batch)];
    }
    return withScope(backend, (scope) => {
      const $logits = asPackedMatrix(backend, features, scope);
      const $labels = asVector(labels);
      const withGap = attrs.labelSmoothing > 0;
      const uniforms = {numClasses, gapScale: gapScaleOf(numClasses), ...attrUniforms(attrs)};
      if (numClasses <= FEW_CLASSES) {
        const program = new FewClassesLossProgram(batch, withGap);
        const loss = runProgram(backend, program, [$logits, $labels], uniforms);
        return [{...loss, shape: labels.shape}, noStatistics(backend, batch)];
      }
      const statistics = scope.output(statisticsOf(backend, $logits, withGap));
      const loss = runProgram(backend, new LossProgram(batch), [$logits, $labels, statistics], {
        ...uniforms,
        ...layoutOf(statistics, batch),
      });
      return [{...loss, shape: labels.shape}, statistics];
    });
  },
});
