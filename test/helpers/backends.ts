import * as tf from '@tensorflow/tfjs';

/** The backends that this environment hosts. One that does not start fails the run. */
const testBackends: readonly string[] =
  typeof window === 'undefined' ? ['cpu', 'tensorflow'] : ['cpu', 'webgl'];

export interface Flags {
  readonly [flag: string]: number | boolean;
}

/** The shaders, also for tensors so small that tf.js would compute them without the GPU. */
export const SHADERS_ONLY: Flags = {WEBGL_CPU_FORWARD: false, WEBGL_SIZE_UPLOAD_UNIFORM: 0};

/** What else a browser may make of tf.js's webgl backend. */
const webglVariants: {readonly [name: string]: Flags} = {
  'default flags': {},
  'nothing packed': {...SHADERS_ONLY, WEBGL_PACK: false, WEBGL_LAZILY_UNPACK: false},
  'narrow textures made square': {...SHADERS_ONLY, WEBGL_MAX_SIZE_FOR_NARROW_TEXTURE: 16},
  'textures of 512': {...SHADERS_ONLY, WEBGL_MAX_TEXTURE_SIZE: 512},
  'WebGL 1': {...SHADERS_ONLY, WEBGL_VERSION: 1},
};

/** One suite on every backend, see `describeBackend`. */
export function describeEachBackend(title: string, specs: (backendName: string) => void): void {
  for (const backendName of testBackends) {
    const flags = backendName === 'webgl' ? SHADERS_ONLY : {};
    describeBackend(backendName, title, specs, flags);
  }
}

/** The same, and on webgl as every kind of device and setting makes it: for what kernels compute. */
export function describeEachVariant(title: string, specs: (backendName: string) => void): void {
  describeEachBackend(title, specs);
  if (!testBackends.includes('webgl')) return;
  for (const [name, flags] of Object.entries(webglVariants)) {
    describeBackend('webgl', `${title}, ${name}`, specs, flags);
  }
}

/**
 * One suite on one backend. Each spec must leave tensors, data, bytes and textures as it found
 * them, but for what it leaves to the scope around it.
 */
export function describeBackend(
  backendName: string,
  title: string,
  specs: (backendName: string) => void,
  flags: Flags = {},
): void {
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

/** With no other flags than these; webgl reads most of its flags when it starts, so it starts anew. */
export async function startBackend(backendName: string, flags: Flags): Promise<void> {
  tf.env().reset();
  tf.env().setFlags({IS_TEST: true, ...flags});
  if (backendName === 'webgl') {
    const factory = tf.findBackendFactory('webgl');
    tf.removeBackend('webgl');
    tf.registerBackend('webgl', factory);
  }
  if (!(await tf.setBackend(backendName))) {
    throw new Error(`The backend '${backendName}' does not start here.`);
  }
  // In tests tf.js keeps shaders for ever, under names that do not tell all of its flags apart.
  const {binaryCache = {}} = tf.backend() as unknown as {binaryCache?: object};
  for (const key of Object.keys(binaryCache)) Reflect.deleteProperty(binaryCache, key);
}

/** What a leak would raise. */
export function usage() {
  const {
    numTensors,
    numBytes,
    numBytesInGPU = 0,
  } = tf.memory() as tf.MemoryInfo & {
    numBytesInGPU?: number;
  };
  return {numTensors, numBytes, numDataIds: tf.engine().backend.numDataIds(), numBytesInGPU};
}

/** Enough of them to see a leak. On webgl each waits for the GPU. */
export function manySteps(): number {
  return tf.getBackend() === 'webgl' ? 100 : 2000;
}

/**
 * For models: tf.js's own kernels run in them too, and the fused matMul of tfjs-node does not pass
 * the engine's check of each kernel. What a spec leaves behind is compared all the same.
 */
export function withoutLeakCheckOfKernels(): void {
  beforeAll(() => tf.env().set('IS_TEST', false));
  afterAll(() => tf.env().set('IS_TEST', true));
}
