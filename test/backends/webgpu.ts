import {backend} from '@tensorflow/tfjs';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import type {BackendDescription} from './description';

/** Says what is missing. tf.js would only say that the backend does not start. */
async function load(): Promise<void> {
  if ((await navigator.gpu?.requestAdapter()) == null) {
    throw new Error(
      'This browser has no WebGPU adapter. Specs on webgpu need Chromium 113 or later; without a ' +
        `GPU, started with ${webgpu.chromiumFlags!.join(' ')}.`,
    );
  }
  await import('@tensorflow/tfjs-backend-webgpu');
}

/** tf.js keeps the buffers of what is disposed until it hands its commands to the GPU. */
function settle(): void {
  const webgpu = backend() as WebGPUBackend;
  webgpu.ensureCommandEncoderReady();
  webgpu.endComputePassEncoder();
  webgpu.submitQueue();
}

export const webgpu: BackendDescription = {
  hosts: ['chromium'],
  load,
  chromiumFlags: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  flags: {},
  variants: {'nothing on the CPU': {WEBGPU_CPU_FORWARD: false}},
  startsAnew: false,
  // float32 on the GPU.
  promises: {loss: {scaled: 1e-6}, gradient: {absolute: 2e-6}},
  badLabel: 'NaN',
  leakSteps: 100,
  checksOwnKernels: true,
  settle,
  bench: {place: 'page'},
  readme: {
    backend: '`webgpu`',
    computes: 'WGSL programs, float32',
    precision: '1e-6, see numerics',
    where: 'browsers with WebGPU',
  },
};
