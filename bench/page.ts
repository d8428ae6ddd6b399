/** The page in which a backend is measured; bench/browser.ts opens it. */
import * as tf from '@tensorflow/tfjs';

import {type Results, runShape} from './run';
import type {Shape} from './shapes';
import {startBackend} from './start_backend';

declare global {
  interface Window {
    /** Given by bench/browser.ts. */
    expectSteps(steps: number): void;
    step(): void;
    /** Called by bench/browser.ts. */
    benchShape(backendName: string, shape: Shape): Promise<Results>;
    benchPlace(): string;
  }
}

window.benchShape = async (backendName, shape) => {
  await startBackend(backendName);
  return runShape(shape, {
    expect: (steps) => window.expectSteps(steps),
    step: () => window.step(),
  });
};

window.benchPlace = () => {
  const {gl} = (tf.backend() as unknown as {gpgpu: {gl: WebGL2RenderingContext}}).gpgpu;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return info === null ? 'unknown GPU' : String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL));
};
