/** The uniforms of programs. No shape and no option is in a program's text. */
import {isInt32} from '../../arguments/to_tensor';
import {gapScaleOf} from './statistics_wgsl';

export interface RowUniforms {
  readonly batch: number;
  readonly numClasses: number;
  readonly windows: number;
  readonly ignoreClass?: number;
  readonly labelSmoothing?: number;
  readonly labelScale?: number;
  readonly uniformScale?: number;
  readonly zLoss?: number;
}

export const rowUniformsWgsl =
  'batch : i32, numClasses : i32, windows : i32, hasIgnoreClass : i32, ignoreClass : i32, ' +
  'gapScale : f32, labelSmoothing : f32, labelScale : f32, uniformScale : f32, zLoss : f32,';

/** A uniform as tf.js takes it. */
export interface UniformValue {
  readonly type: 'int32' | 'float32';
  readonly data: number[];
}

export function rowUniforms(uniforms: RowUniforms): UniformValue[] {
  const {batch, numClasses, windows, ignoreClass} = uniforms;
  const {labelSmoothing = 0, labelScale = 1, uniformScale = 0, zLoss = 0} = uniforms;
  const ignored = ignoreClass !== undefined && isInt32(ignoreClass) ? [1, ignoreClass] : [0, 0];
  return [
    ...[batch, numClasses, windows, ...ignored].map(intUniform),
    ...[gapScaleOf(numClasses), labelSmoothing, labelScale, uniformScale, zLoss].map(floatUniform),
  ];
}

export function intUniform(value: number): UniformValue {
  return {type: 'int32', data: [value]};
}

function floatUniform(value: number): UniformValue {
  return {type: 'float32', data: [value]};
}
