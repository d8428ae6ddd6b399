/** The page in which a backend is measured; bench/place.ts opens it. */
import * as tf from '@tensorflow/tfjs';

import {webglBackend} from '../test/helpers/webgl_probe';
import {webgpuBackend} from '../test/helpers/webgpu_probe';
import type {LayerCase} from './linear/layer';
import {type LayerResults, runLayer} from './linear/measure';
import {type Results, runShape, startBackend} from './measure';
import type {Shape} from './shapes';
import type {Progress} from './time_in_turn';

declare global {
  interface Window {
    /** Given by bench/place.ts. */
    expectSteps(steps: number): void;
    step(): void;
    /** Called by bench/place.ts. */
    benchShape(backendName: string, shape: Shape): Promise<Results>;
    /** Once a backend is there. */
    benchLayer(layerCase: LayerCase): Promise<LayerResults>;
    benchPlace(): string;
  }
}

const progress: Progress = {
  expect: (steps) => window.expectSteps(steps),
  step: () => window.step(),
};

window.benchShape = async (backendName, shape) => {
  await startBackend(backendName);
  return runShape(shape, progress);
};

window.benchLayer = (layerCase) => runLayer(layerCase, progress);

window.benchPlace = () => (tf.getBackend() === 'webgpu' ? webgpuAdapter() : webglRenderer());

function webglRenderer(): string {
  const {gl} = webglBackend().getGPGPUContext();
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return info === null ? 'unknown GPU' : String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL));
}

function webgpuAdapter(): string {
  // The types that tf.js brings are older.
  const device = webgpuBackend().device as GPUDevice & {readonly adapterInfo: GPUAdapterInfo};
  const {vendor, architecture, description} = device.adapterInfo;
  return [vendor, architecture, description].filter((part) => part !== '').join(' ');
}
