/**
 * The statistics that Loss hands on to Grad: float32 [planes, batch, windows], a number of each
 * window of each row in each plane.
 *
 *   plain       2 planes: shift, sumOfSmaller
 *   smoothing   3 planes: shift, sumOfSmaller, gapSum
 *
 * After few classes they are empty, with 0 windows, and Grad reads its rows again. The windows of a
 * row are combined where they are needed, by each program that needs them.
 */
import type {Sizes} from '../../kernel_names';
import {windowsPerRow} from './windows';

export function statisticsShape({batch, numClasses}: Sizes, withGap: boolean): number[] {
  return [withGap ? 3 : 2, batch, windowsPerRow(batch, numClasses)];
}
