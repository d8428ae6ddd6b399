/** Every named case by TensorFlow's ops. The op itself computes so few logits in JavaScript. */
import * as tf from '@tensorflow/tfjs';

import {gradAttrsOf} from '../../../src/gradients/loss';
import type {GradAttrs} from '../../../src/kernels/define_kernels';
import type {TensorFlowBackend} from '../../../src/kernels/tensorflow/execute_op';
import {gradByOps} from '../../../src/kernels/tensorflow/grad_by_ops';
import {lossByOps} from '../../../src/kernels/tensorflow/loss_by_ops';
import {TensorFlowOps} from '../../../src/kernels/tensorflow/tensorflow_ops';
import {describeBackend} from '../../helpers/backends';
import {finiteCases, ignoringCases, nonFiniteCases, smoothingCases} from '../../helpers/cases';
import {oracle} from '../../helpers/oracle';

describeBackend('tensorflow', 'Loss and Grad by ops', () => {
  for (const testCase of [...finiteCases, ...nonFiniteCases, ...ignoringCases, ...smoothingCases]) {
    const {name, batch, numClasses, logits, labels, options} = testCase;

    it(`are as exact as promised: ${name}`, async () => {
      const {ignoreClass, labelSmoothing = 0} = options ?? {};
      const ops = new TensorFlowOps(tf.backend() as unknown as TensorFlowBackend);
      const x = tf.tensor2d(logits, [batch, numClasses]);
      const lossAttrs = {ignoreClass, labelSmoothing, zLoss: 0};
      const {loss, statistics} = lossByOps(ops, x, labels, lossAttrs);
      const gradAttrs = gradAttrsOf(lossAttrs, numClasses) as GradAttrs;
      const gradient = gradByOps(ops, x, {dy: tf.ones([batch]), labels, statistics}, gradAttrs);
      const want = oracle(testCase);
      await expectAsync(loss).toBeTheLoss(want.loss);
      await expectAsync(gradient).toBeTheGradient(want.backprop);
    });
  }
});
