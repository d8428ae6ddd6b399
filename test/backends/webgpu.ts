import {ones, profile, setBackend, tidy} from '@tensorflow/tfjs';

import {flush, webgpuBackend} from '../helpers/webgpu_probe';
import type {BackendDescription, Flags} from './description';

/** Of tf.js's programs for matMul the one that a software GPU compiles and runs soonest. */
const FLAGS: Flags = {WEBGPU_MATMUL_PROGRAM_TYPE: 2};

async function load(): Promise<void> {
  if ((await navigator.gpu?.requestAdapter()) == null) {
    // tf.js would only say that the backend does not start.
    throw new Error(
      'This browser has no WebGPU adapter. Specs on webgpu need Chromium 113 or later; without a ' +
        `GPU, started with ${webgpu.chromiumFlags!.join(' ')}.`,
    );
  }
  await import('@tensorflow/tfjs-backend-webgpu');
  // The backend keeps the buffer of the first profile's times for good, which is no leak.
  await setBackend('webgpu');
  await profile(() => tidy(() => void ones([2000]).neg()));
}

export const webgpu: BackendDescription = {
  hosts: ['chromium'],
  load,
  chromiumFlags: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  flags: FLAGS,
  variants: {'nothing on the CPU': {...FLAGS, WEBGPU_CPU_FORWARD: false}},
  startsAnew: false,
  // float32 on the GPU.
  promises: {loss: {scaled: 1e-6}, gradient: {absolute: 2e-6}},
  smoothedPromises: {loss: {scaled: 1e-6}, gradient: {absolute: 2e-6}},
  badLabel: 'NaN',
  checksOwnKernels: true,
  settle: () => flush(webgpuBackend()),
  place: 'page',
  docs: {
    backend: '`webgpu`',
    computes: 'WGSL programs, float32',
    precision: 'loss 1e-6, gradient 2e-6',
    where: 'browsers with WebGPU',
  },
};
