import type {BackendDescription} from './description';

/** Its binaries, which it fetches when it starts. */
const FOLDER = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';

export const wasm: BackendDescription = {
  hosts: ['node', 'chromium', 'firefox'],
  load: async () => {
    const {setWasmPaths} = await import('@tensorflow/tfjs-backend-wasm');
    if (typeof window !== 'undefined') setWasmPaths(`/base/${FOLDER}`);
  },
  servedFiles: [`${FOLDER}*.wasm`],
  // tf.js's Identity copies here, so what tf.customGrad saves is a leak to the engine's check of each
  // kernel. What a spec leaves behind is compared all the same.
  flags: {IS_TEST: false},
  variants: {},
  startsAnew: false,
  // float32, sums of blocks in float64.
  promises: {loss: {scaled: 1e-6}, gradient: {absolute: 1e-6}},
  smoothedPromises: {loss: {scaled: 1e-6}, gradient: {absolute: 1e-6}},
  badLabel: 'throws',
  leakSteps: 500,
  checksOwnKernels: false,
  bench: {place: 'process'},
  readme: {
    backend: '`wasm`',
    computes: 'WebAssembly SIMD, float32',
    precision: '1e-6, see numerics',
    where: 'browsers, Node 18 and later',
  },
};
