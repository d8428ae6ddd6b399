/** tf.js's wasm backend, whose binaries the bundler puts beside the page's scripts. */
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import threads from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm';

const url = (file: string) => new URL(file, import.meta.url).href;

export function loadWasm(): void {
  setWasmPaths({
    'tfjs-backend-wasm.wasm': url(plain),
    'tfjs-backend-wasm-simd.wasm': url(simd),
    'tfjs-backend-wasm-threaded-simd.wasm': url(threads),
  });
}
