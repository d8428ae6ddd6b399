/** The text of every shader of the GPU kernels, as it goes to tf.js. No shape is in it. */
import * as tf from '@tensorflow/tfjs';

import {GradProgram} from '../../src/kernels/webgl/grad_gpu';
import {FewClassesLossProgram, LossProgram} from '../../src/kernels/webgl/loss_gpu';
import {RowTermsProgram} from '../../src/kernels/webgl/row_terms_gpu';
import {StatisticsProgram} from '../../src/kernels/webgl/statistics_gpu';
import * as webgpu from './webgpu_programs';

export const SHADERS_PATH = 'test/goldens/webgl_shaders.glsl';

export function shadersText(batch: number, numClasses: number, windows: number): string {
  const known = tf.env().getFlags()['WEBGL_RENDER_FLOAT32_ENABLED'];
  tf.env().set('WEBGL_RENDER_FLOAT32_ENABLED', true); // In Node there is no GPU to ask.
  const programs = [
    new StatisticsProgram(batch, windows, false),
    new StatisticsProgram(batch, windows, true),
    new LossProgram(batch, false),
    new LossProgram(batch, true),
    new FewClassesLossProgram(batch, false),
    new FewClassesLossProgram(batch, true),
    new RowTermsProgram(batch),
    new GradProgram(batch, numClasses),
  ];
  if (known === undefined) delete tf.env().getFlags()['WEBGL_RENDER_FLOAT32_ENABLED'];
  return programs
    .map(({constructor, userCode}) => `// ${constructor.name}\n${userCode}`)
    .join('\n');
}

export const WGSL_PATH = 'test/goldens/webgpu_shaders.wgsl';

export function wgslText(batch: number, numClasses: number, windows: number): string {
  return webgpu
    .programs(batch, numClasses, windows)
    .map((program) => `// ${program.constructor.name}\n${program.getUserCode()}`)
    .join('\n');
}
