/** The named inputs that every backend runs. The logits are float32 numbers. */
import type {TargetOptions} from '../../src/index';
import {classIds, normals} from './random';

export interface Case {
  readonly name: string;
  readonly batch: number;
  readonly numClasses: number;
  readonly logits: Float32Array;
  readonly labels: Int32Array;
  readonly options?: TargetOptions;
}

/** Finite logits whose loss is finite in float32. */
// prettier-ignore
export const finiteCases: readonly Case[] = [
  normal('N(0, 1), 10 classes', 64, 10, 1, 0),
  normal('N(0, 10), 10 classes', 64, 10, 10, 0),
  normal('N(0, 100), 10 classes', 64, 10, 100, 0),
  normal('N(0, 1), 1000 classes', 16, 1000, 1, 0),
  normal('N(0, 10), 1000 classes', 16, 1000, 10, 0),
  normal('N(0, 1) + 1e4', 32, 10, 1, 1e4),
  normal('N(0, 1) - 1e4', 32, 10, 1, -1e4),
  normal('N(0, 1) + 1e6', 32, 10, 1, 1e6),
  normal('N(0, 1) - 1e6', 32, 10, 1, -1e6),
  normal('N(0, 1), 50257 classes', 3, 50257, 1, 0),
  normal('N(0, 1), 200019 classes', 2, 200019, 1, 0),
  normal('sizes that are no multiple of 2 or 4', 7, 5, 3, 0),
  normal('one row', 1, 3, 1, 0),
  normal('two classes', 9, 2, 3, 0),
  normal('one class', 5, 1, 100, 0),
  normal('denormal logits', 4, 6, 1e-40, 0),
  confident('the label is the largest logit, N(0, 10)', 64, 10, 10),
  confident('the label is the largest logit, N(0, 30)', 64, 10, 30),
  rows('a gap of 20, the label above', [[20, 0, 0]], [0]),
  rows('a gap of 20, the label below', [[20, 0, 0]], [1]),
  rows('gaps at both ends of the table of exp', gaps(), Array(80).fill(0)),
  rows('a gap of 105, the label below', [[105, 0]], [1]),
  rows('1e4 apart', [[1e4, -1e4, 0], [1e4, -1e4, 0]], [1, 0]),
  rows('a spread of 6e38, the label above', [[3e38, -3e38, 0]], [0]),
  rows('equal logits of 0', [[0, 0, 0, 0]], [2]),
  rows('equal logits of 1e30', [[1e30, 1e30, 1e30]], [1]),
  rows('equal logits of -3e38', [[-3e38, -3e38, -3e38]], [1]),
  rows('the label first and last', [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5]], [0, 4]),
];

/** One row with infinities or NaN, or whose loss overflows, between two ordinary rows. */
// prettier-ignore
export const nonFiniteCases: readonly Case[] = [
  special('NaN', [1, NaN, 0], 0),
  special('NaN at the label', [NaN, 1, 0], 0),
  special('NaN alone', [NaN, NaN, NaN], 2),
  special('+Infinity', [1, Infinity, 0], 0),
  special('+Infinity at the label', [Infinity, 1, 0], 0),
  special('+Infinity twice', [Infinity, Infinity, 0], 1),
  special('-Infinity in another class', [1, -Infinity, 0], 0),
  special('-Infinity at the label', [1, -Infinity, 0], 1),
  special('-Infinity in every other class', [-Infinity, 2, -Infinity], 1),
  special('-Infinity alone', [-Infinity, -Infinity, -Infinity], 2),
  special('-Infinity and +Infinity', [-Infinity, Infinity, 0], 0),
  special('-Infinity and NaN', [-Infinity, NaN, 0], 2),
  special('a spread of 6e38, the label below', [3e38, -3e38, 0], 1),
  rows('one class of NaN, Infinity and -Infinity', [[NaN], [Infinity], [-Infinity]], [0, 0, 0]),
  ...[NaN, Infinity, -Infinity].flatMap((value) => [
    rows(`${value} at the label, four rows`, [[1, 2, 3], [1, value, 0], [3, 1, 2], [0, 1, 2]], [0, 1, 2, 0]),
    rows(`${value} in the only class, four rows`, [[1], [value], [2], [3]], [0, 0, 0, 0]),
  ]),
  rows('+Infinity in the first row', [[1, Infinity, 0], [1, 2, 3]], [0, 1]),
  ...[3, 33, 101].flatMap((numClasses) =>
    [NaN, Infinity, -Infinity].map((value) => everyColumn(value, numClasses)),
  ),
];

/** Labels that do not count, on rows of every kind. */
// prettier-ignore
export const ignoringCases: readonly Case[] = [
  ...[-1, -100, 0, 1, 2 ** 24].map(
    (ignoreClass) =>
    ignoring(rows(`ignoreClass ${ignoreClass} on ordinary rows`, [[1, 2, 3], [3, 1, 2], [0, 5, 1]], [0, 1, 2]), ignoreClass, [1]),
  ),
  ...[NaN, Infinity, -Infinity, 3e38, -3e38].map(
    (value) =>
    ignoring(rows(`ignoreClass on a row of ${value}`, [[1, 2, 3], [value, value, 0], [value, value, value]], [1, 0, 0]), -1, [1, 2]),
  ),
  ignoring(normal('ignoreClass on every other row, 1000 classes', 9, 1000, 10, 0), -100, [0, 2, 4, 6, 8]),
  ignoring(normal('ignoreClass on every other row, 33 classes', 6, 33, 10, 0), 7, [1, 3, 5]),
  ignoring(normal('ignoreClass on the last row of four', 4, 10, 3, 0), -1, [3]),
  ignoring(normal('ignoreClass on every row', 3, 4, 1, 0), -1, [0, 1, 2]),
  ignoring(rows('ignoreClass with one class', [[5], [NaN], [-3]], [0, 0, 0]), -1, [1]),
  {...normal('an ignoreClass that no label is', 5, 7, 3, 0), options: {ignoreClass: -1}},
];

/** Smoothed targets, hostile rows among them. */
// prettier-ignore
export const smoothingCases: readonly Case[] = [
  ...[0.1, 0.5, 1].flatMap((labelSmoothing) => [
    smoothed(normal('N(0, 3), 10 classes', 16, 10, 3, 0), labelSmoothing),
    smoothed(normal('N(0, 3), 1001 classes', 5, 1001, 3, 0), labelSmoothing),
    smoothed(normal('N(0, 1) + 1e6', 8, 10, 1, 1e6), labelSmoothing),
    smoothed(normal('N(0, 1) - 1e6, 100 classes', 8, 100, 1, -1e6), labelSmoothing),
    smoothed(confident('the label is the largest logit, N(0, 10)', 8, 10, 10), labelSmoothing),
    smoothed(rows('one class', [[3], [-1e6]], [0, 0]), labelSmoothing),
    smoothed(rows('-Infinity in another class', [[1, 2, 3], [1, -Infinity, 0], [3, 1, 2]], [0, 0, 2]), labelSmoothing),
    smoothed(rows('-Infinity at the label', [[1, 2, 3], [1, -Infinity, 0], [3, 1, 2]], [0, 1, 2]), labelSmoothing),
    smoothed(rows('-Infinity elsewhere', [[-Infinity, 2, -Infinity]], [1]), labelSmoothing),
    smoothed(rows('-Infinity alone', [[-Infinity, -Infinity, -Infinity], [1, 2, 3]], [1, 1]), labelSmoothing),
    smoothed(rows('NaN and +Infinity', [[1, NaN, 0], [1, 2, 3], [1, Infinity, 0]], [0, 0, 0]), labelSmoothing),
  ]),
  smoothed(rows('a spread of 6e38, the label above', [[3e38, -3e38, 0]], [0]), 0.1),
  smoothed(rows('a spread of 6e38, the label below', [[3e38, -3e38, 0]], [1]), 0.9),
  smoothed(rows('equal logits of -3e38', [[-3e38, -3e38, -3e38]], [1]), 0.1),
  smoothed(rows('equal logits of 3e38', [[3e38, 3e38, 3e38]], [1]), 0.1),
  smoothed(ignoring(normal('with an ignoreClass', 6, 33, 3, 0), -100, [0, 5]), 0.1),
  smoothed(ignoring(rows('with an ignoreClass on NaN', [[1, 2, 3], [NaN, NaN, NaN]], [1, 0]), 2, [1]), 0.1),
];

/** These rows get the label `ignoreClass`; another row that drew it would be ignored as well. */
function ignoring(testCase: Case, ignoreClass: number, ignoredRows: number[]): Case {
  const labels = testCase.labels.slice();
  for (const row of ignoredRows) labels[row] = ignoreClass;
  return {...testCase, labels, options: {...testCase.options, ignoreClass}};
}

function smoothed(testCase: Case, labelSmoothing: number): Case {
  const name = `labelSmoothing ${labelSmoothing}: ${testCase.name}`;
  return {...testCase, name, options: {...testCase.options, labelSmoothing}};
}

function normal(
  name: string,
  batch: number,
  numClasses: number,
  scale: number,
  offset: number,
): Case {
  const seed = batch * 31 + numClasses;
  const logits = normals(batch * numClasses, scale, offset, seed);
  return {name, batch, numClasses, logits, labels: classIds(batch, numClasses, seed + 1)};
}

function confident(name: string, batch: number, numClasses: number, scale: number): Case {
  const drawn = normal(name, batch, numClasses, scale, 0);
  const labels = drawn.labels.map((_, row) => {
    const logits = drawn.logits.subarray(row * numClasses, (row + 1) * numClasses);
    return logits.indexOf(Math.max(...logits));
  });
  return {...drawn, labels};
}

/** The label at 0, one other class from 120 below to 120 above it. */
function gaps(): number[][] {
  return Array.from({length: 80}, (_, i) => [0, -120 + 3 * i + 0.1, -120 + 3 * i]);
}

function rows(name: string, logits: number[][], labels: number[]): Case {
  return {
    name,
    batch: logits.length,
    numClasses: logits[0].length,
    logits: Float32Array.from(logits.flat()),
    labels: Int32Array.from(labels),
  };
}

/**
 * As many rows as columns, or thereabouts: the value once in each column, ordinary rows between.
 */
function everyColumn(value: number, numClasses: number): Case {
  const batch = 2 * numClasses + 1;
  const logits = normals(batch * numClasses, 3, 0, numClasses);
  for (let column = 0; column < numClasses; column++) {
    // In the upper row of a pair for half of the columns, in the lower for the others.
    logits[(2 * column + (column % 2)) * numClasses + column] = value;
  }
  const labels = classIds(batch, numClasses, 7);
  return {name: `${value} in every column of ${numClasses}`, batch, numClasses, logits, labels};
}

function special(name: string, row: number[], label: number): Case {
  return rows(name, [[1, 2, 3], row, [3, 1, 2]], [0, label, 2]);
}
