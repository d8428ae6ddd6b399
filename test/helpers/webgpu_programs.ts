import {FewClassesGradProgram} from '../../src/kernels/webgpu/few_classes_grad_gpu';
import {FewClassesLossProgram} from '../../src/kernels/webgpu/few_classes_loss_gpu';
import {GradProgram} from '../../src/kernels/webgpu/grad_gpu';
import {LossProgram} from '../../src/kernels/webgpu/loss_gpu';
import {RowTermsProgram} from '../../src/kernels/webgpu/row_terms_gpu';
import type {RowsProgram} from '../../src/kernels/webgpu/rows_program';
import {StatisticsProgram} from '../../src/kernels/webgpu/statistics_gpu';

/** Every program of the webgpu kernels. */
export function programs(batch: number, numClasses: number, windows: number): RowsProgram[] {
  return [
    new StatisticsProgram(2, batch, windows),
    new LossProgram(batch),
    new FewClassesLossProgram(batch),
    new RowTermsProgram(batch),
    new GradProgram(batch, numClasses, windows),
    new FewClassesGradProgram(batch, numClasses),
  ];
}
