/** Runs cases of the fuzz on the current backend. Seed and index determine a case. */
import {type Errors, mergeErrors} from './compare';
import {linear} from './linear';
import {op} from './op';
import type {FuzzProperty} from './property';
import {sparseLoss} from './sparse_loss';

const properties = [op, sparseLoss, linear];

export interface Cases {
  readonly seed: number;
  /** The first index. */
  readonly begin: number;
  /** One more than the last. */
  readonly end: number;
}

export interface Failure {
  readonly index: number;
  readonly property: string;
  readonly report: string;
}

export interface FuzzResult {
  readonly failures: Failure[];
  readonly errors: Errors;
}

export async function runCases({seed, begin, end}: Cases): Promise<FuzzResult> {
  const failures: Failure[] = [];
  const errors: Errors = {};
  for (let index = begin; index < end; index++) {
    const {name, check} = propertyOf(index);
    const outcome = await check(seedOf(seed, index));
    mergeErrors(errors, outcome.errors);
    if (outcome.failure !== undefined) {
      failures.push({index, property: name, report: outcome.failure});
    }
  }
  return {failures, errors};
}

/** One case that fails, reduced. */
export function reduceCase(seed: number, index: number): Promise<string> {
  return propertyOf(index).reduce(seedOf(seed, index));
}

/** The calls take turns. */
function propertyOf(index: number): FuzzProperty {
  return properties[index % properties.length];
}

/** Two multiplications by odd numbers, so that no two indices of a seed have the same. */
function seedOf(seed: number, index: number): number {
  return (Math.imul(seed, 0x9e3779b1) + Math.imul(index, 0x85ebca6b)) | 0;
}
