import * as tf from '@tensorflow/tfjs';

import {
  registerKernels,
  sparseSoftmaxCrossEntropyWithLogits as nn,
  supportedBackends,
} from '../src/index';
import {descriptions} from './backends';

const KERNELS = [
  'SparseSoftmaxCrossEntropyWithLogits',
  'SparseSoftmaxCrossEntropyLoss',
  'SparseSoftmaxCrossEntropyGrad',
];

describe('registration', () => {
  it('has all three kernels on every supported backend, and the gradient of the gradient', () => {
    expect([...supportedBackends].sort()).toEqual([...descriptions.keys()].sort());
    expect(tf.getGradient('SparseSoftmaxCrossEntropyGrad')).toBeDefined();
    for (const kernelName of KERNELS) {
      for (const backendName of supportedBackends) {
        expect(tf.getKernel(kernelName, backendName)).withContext(backendName).toBeDefined();
      }
    }
  });

  it('stays silent and changes nothing when run again', () => {
    const warn = spyOn(console, 'warn');
    const before = supportedBackends.map((name) => tf.getKernel(KERNELS[1], name));
    registerKernels();
    expect(supportedBackends.map((name) => tf.getKernel(KERNELS[1], name))).toEqual(before);
    expect(warn).not.toHaveBeenCalled();
  });

  it('serves a backend derived from a supported one', async () => {
    const cpu = tf.findBackend('cpu') ?? (await tf.setBackend('cpu'), tf.backend());
    tf.registerBackend('derived', () => Object.create(cpu) as tf.KernelBackend);
    for (const kernel of tf.getKernelsForBackend('cpu')) {
      if (!kernel.kernelName.startsWith('Sparse')) {
        tf.registerKernel({...kernel, backendName: 'derived'});
      }
    }
    registerKernels(['derived']);
    for (const kernelName of KERNELS) {
      expect(tf.getKernel(kernelName, 'derived')).withContext(kernelName).toBeDefined();
    }
    await tf.setBackend('derived');
    await expectAsync(tf.tidy(() => nn(0, [0, 0]))).toBeWithinUlps([Math.LN2], 1);
    await tf.setBackend('cpu');
  });

  it('is kept by a copy of a backend, with what the backend refuses', async () => {
    const cpu = tf.findBackend('cpu') ?? (await tf.setBackend('cpu'), tf.backend());
    tf.registerBackend('copy', () => Object.create(cpu) as tf.KernelBackend);
    tf.copyRegisteredKernels('cpu', 'copy');
    await tf.setBackend('copy');
    await expectAsync(tf.tidy(() => nn(0, [0, 0]))).toBeWithinUlps([Math.LN2], 1);
    expect(() => nn(2, [0, 0])).toThrowError(/label value of 2 .*\[0, 2\)/);
    await tf.setBackend('cpu');
  });

  it('refuses a backend that it knows nothing of, and a name that is not in an array', () => {
    expect(() => registerKernels('cpu' as unknown as string[])).toThrowError(/\['cpu'\]/);
    expect(() => registerKernels(['abacus'])).toThrowError(
      /backend 'abacus' is neither one of supportedBackends \(.*cpu.*\) nor made from one/,
    );
  });
});
