/** The uniforms of every program, in one order, so that no shape and no option is in its text. */
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

export const uniformsWgsl =
  'batch : i32, numClasses : i32, windows : i32, hasIgnoreClass : i32, ignoreClass : i32, ' +
  'gapScale : f32, labelSmoothing : f32, labelScale : f32, uniformScale : f32, zLoss : f32,';

export function uniformValues(uniforms: RowUniforms): {type: string; data: number[]}[] {
  const {batch, numClasses, windows, ignoreClass} = uniforms;
  const {labelSmoothing = 0, labelScale = 1, uniformScale = 0, zLoss = 0} = uniforms;
  const int = (value: number) => ({type: 'int32', data: [value]});
  const float = (value: number) => ({type: 'float32', data: [value]});
  const ignored = ignoreClass !== undefined && isInt32(ignoreClass) ? [1, ignoreClass] : [0, 0];
  return [
    ...[batch, numClasses, windows, ...ignored].map(int),
    ...[gapScaleOf(numClasses), labelSmoothing, labelScale, uniformScale, zLoss].map(float),
  ];
}
