import type {BackendDescription, Flags} from './description';

/** Its binaries, which it fetches when it starts. */
const FOLDER = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';

/**
 * Identity copies here, so the engine's leak check mistakes the tensors that tf.customGrad saves
 * for a leak. The suite still compares memory before and after each spec.
 */
const FLAGS: Flags = {IS_TEST: false};

export const wasm: BackendDescription = {
  hosts: ['node', 'chromium', 'firefox', 'webkit'],
  load: async () => {
    const {setWasmPaths} = await import('@tensorflow/tfjs-backend-wasm');
    if (typeof window !== 'undefined') setWasmPaths(`/base/${FOLDER}`);
  },
  servedFiles: [`${FOLDER}*.wasm`],
  flags: FLAGS,
  // In a page that is cross-origin isolated tf.js takes its binary with threads, in Node the one
  // with SIMD.
  variants: {
    'without threads': {...FLAGS, WASM_HAS_MULTITHREAD_SUPPORT: false},
    'without SIMD': {
      ...FLAGS,
      WASM_HAS_MULTITHREAD_SUPPORT: false,
      WASM_HAS_SIMD_SUPPORT: false,
    },
  },
  variantsLeftOut: {webkit: ['without SIMD']}, // The rows in JavaScript, which WebKit runs on cpu.
  startsAnew: true,
  // float32, sums of blocks in float64.
  promises: {loss: {scaled: 1e-6}, gradient: {absolute: 1e-6}},
  smoothedPromises: {loss: {scaled: 1e-6}, gradient: {absolute: 1e-6}},
  badLabel: 'throws',
  checksOwnKernels: false,
  place: 'process',
  docs: {
    backend: '`wasm`',
    computes: 'WebAssembly SIMD, float32',
    precision: 'loss 1e-6, gradient 1e-6',
    where: 'browsers, Node 18 and later',
  },
};
