/**
 * Shapes of labels and numbers of classes. Few, because a GPU compiles tf.js's programs for each.
 */
import type {Shape} from './rows';

/** Labels of every rank that the op takes. The first, which fast-check prefers, is the smallest. */
export const shapes: readonly Shape[] = [
  [[], 5],
  [[1], 1],
  [[1], 2],
  [[5], 1],
  [[0], 3],
  [[20], 2],
  [[17], 3],
  [[13], 5],
  [[9], 12],
  [[5], 33],
  [[3], 70],
  [[3, 1], 7],
  [[5, 3], 4],
  [[2, 0], 3],
  [[2, 3, 2], 5],
  [[1, 2, 3, 2], 6],
];

/** For kernels that cut long rows or many rows. Rare, because they take long. */
export const largeShapes: readonly Shape[] = [
  [[300], 2],
  [[64], 17],
  [[4], 257],
  [[3], 1025],
  [[1], 5003],
];
