import * as tf from '@tensorflow/tfjs';

/** The backends that this environment hosts. One that does not start fails the run. */
export const testBackends: readonly string[] =
  typeof window === 'undefined' ? ['cpu', 'tensorflow'] : ['cpu'];

/** One suite on every backend, see `describeBackend`. */
export function describeEachBackend(title: string, specs: () => void): void {
  for (const backendName of testBackends) describeBackend(backendName, title, specs);
}

/**
 * One suite on one backend. Each spec must leave tensors, data and bytes as it found them, but
 * for what it leaves to the scope around it.
 */
export function describeBackend(backendName: string, title: string, specs: () => void): void {
  describe(`${title} [${backendName}]`, () => {
    let before: {numTensors: number; numBytes: number; numDataIds: number};

    beforeAll(async () => {
      if (!(await tf.setBackend(backendName))) {
        throw new Error(`The backend '${backendName}' does not start here.`);
      }
    });

    beforeEach(() => {
      before = usage();
      tf.engine().startScope();
    });

    afterEach(() => {
      tf.engine().endScope();
      expect(usage()).withContext('leaked').toEqual(before);
    });

    specs();
  });
}

/** What a leak would raise. */
export function usage(): {numTensors: number; numBytes: number; numDataIds: number} {
  const {numTensors, numBytes} = tf.memory();
  return {numTensors, numBytes, numDataIds: tf.engine().backend.numDataIds()};
}

/**
 * For models: tf.js's own kernels run in them too, and the fused matMul of tfjs-node does not pass
 * the engine's check of each kernel. What a spec leaves behind is compared all the same.
 */
export function withoutLeakCheckOfKernels(): void {
  beforeAll(() => tf.env().set('IS_TEST', false));
  afterAll(() => tf.env().set('IS_TEST', true));
}
