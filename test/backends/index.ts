/**
 * THE list: a description of every backend that src/register.ts has, or the project does not
 * compile.
 */
import type {Backend} from '../../src/register';
import {cpu} from './cpu';
import type {BackendDescription} from './description';
import {tensorflow} from './tensorflow';
import {wasm} from './wasm';
import {webgl} from './webgl';
import {webgpu} from './webgpu';

const all: {readonly [Name in Backend]: BackendDescription} = {
  cpu,
  tensorflow,
  wasm,
  webgl,
  webgpu,
};

export const descriptions: ReadonlyMap<string, BackendDescription> = new Map(Object.entries(all));

export function descriptionOf(backendName: string): BackendDescription {
  const description = descriptions.get(backendName);
  if (description === undefined) throw new Error(`test/backends/ has no '${backendName}'.`);
  return description;
}
