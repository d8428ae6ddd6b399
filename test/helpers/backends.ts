/** Suites on backends, as test/backends/ describes them. */
import * as tf from '@tensorflow/tfjs';

import {descriptionOf, descriptions} from '../backends';
import type {Flags, Host} from '../backends/description';

export {SHADERS_ONLY} from '../backends/webgl';
export type {Flags};

/** The host of these specs. */
function host(): Host {
  if (typeof window === 'undefined') return 'node';
  if (navigator.userAgent.includes('Firefox')) return 'firefox';
  return navigator.userAgent.includes('Chrome') ? 'chromium' : 'webkit';
}

/** In Node, BACKENDS=cpu,wasm runs these only. */
function chosenBackends(): readonly string[] {
  const chosen = typeof process === 'undefined' ? undefined : process.env.BACKENDS;
  return chosen ? chosen.split(',') : [...descriptions.keys()];
}

/** Those that have a description for this host. One that does not start fails the run. */
const testBackends: readonly string[] = chosenBackends().filter((name) =>
  descriptionOf(name).hosts.includes(host()),
);

/** Whether this is one of its hosts, in which it must start. */
export function runsHere(backendName: string): boolean {
  return testBackends.includes(backendName);
}

/** One suite on every backend, see `describeBackend`. */
export function describeEachBackend(title: string, specs: (backendName: string) => void): void {
  for (const backendName of testBackends) describeBackend(backendName, title, specs);
}

/**
 * The same, and again for each variant of the backend, which imitates another device or setting.
 * Specs that do not test what kernels compute may return early if there is a `variant`.
 */
export function describeEachVariant(
  title: string,
  specs: (backendName: string, variant?: string) => void,
): void {
  describeEachBackend(title, specs);
  for (const backendName of testBackends) {
    const {variants, variantsLeftOut = {}} = descriptionOf(backendName);
    for (const [variant, flags] of Object.entries(variants)) {
      if (variantsLeftOut[host()]?.includes(variant)) continue;
      describeBackend(
        backendName,
        `${title}, ${variant}`,
        () => specs(backendName, variant),
        flags,
      );
    }
  }
}

/**
 * One suite on one backend. Each spec must leave the numbers of tensors, data, bytes and textures
 * as they were, after the scope around it has ended. A spec reads with `await tensor.data()`,
 * outside of tf.tidy, because not every backend can wait for a GPU.
 */
export function describeBackend(
  backendName: string,
  title: string,
  specs: (backendName: string) => void,
  flags: Flags = descriptionOf(backendName).flags,
): void {
  if (!runsHere(backendName)) return;
  describe(`${title} [${backendName}]`, () => {
    let before: ReturnType<typeof usage>;

    beforeAll(() => startBackend(backendName, flags));

    beforeEach(() => {
      before = usage();
      tf.engine().startScope();
    });

    afterEach(() => {
      tf.engine().endScope();
      expect(usage()).withContext('leaked').toEqual(before);
    });

    specs(backendName);
  });
}

/** With no other flags than these. */
export async function startBackend(backendName: string, flags: Flags): Promise<void> {
  const {load, startsAnew} = descriptionOf(backendName);
  await load?.();
  tf.env().reset();
  tf.env().setFlags({IS_TEST: true, ...flags}); // The engine checks every kernel for leaks.
  if (startsAnew) {
    const factory = tf.findBackendFactory(backendName);
    tf.removeBackend(backendName);
    tf.registerBackend(backendName, factory);
  }
  if (!(await tf.setBackend(backendName))) {
    throw new Error(`The backend '${backendName}' does not start here.`);
  }
  // In tests tf.js keeps shaders for ever, under names that do not tell all of its flags apart.
  const {binaryCache = {}} = tf.backend() as unknown as {binaryCache?: object};
  for (const key of Object.keys(binaryCache)) Reflect.deleteProperty(binaryCache, key);
}

/** Counts that a leak would raise. */
export function usage() {
  descriptions.get(tf.getBackend())?.settle?.();
  const {
    numTensors,
    numBytes,
    numBytesInGPU = 0,
  } = tf.memory() as tf.MemoryInfo & {
    numBytesInGPU?: number;
  };
  return {numTensors, numBytes, numDataIds: tf.engine().backend.numDataIds(), numBytesInGPU};
}

/** Enough to learn something. One step would show a leak, since `usage` counts bytes. */
export const MANY_STEPS = 20;

/**
 * For models, in which kernels of tf.js run too. On some backends these fail the engine's leak
 * check. The suite still compares memory before and after each spec.
 */
export function withoutLeakCheckOfKernels(): void {
  beforeAll(() => tf.env().set('IS_TEST', descriptionOf(tf.getBackend()).checksOwnKernels));
  afterAll(() => tf.env().set('IS_TEST', true));
}
