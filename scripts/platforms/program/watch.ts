/** Loaded before TensorFlow.js: counts its copies, and the calls of SIMD kernels. */

/** Each copy of tfjs-core after the first warns that a platform is set already. */
export const seen = {extraCores: 0, simdCalls: 0};

const {warn} = console;
console.warn = (...args: unknown[]) => {
  if (/^Platform \w+ has already been set/.test(String(args[0]))) seen.extraCores++;
  else warn.apply(console, args);
};

/** tf.js compiles small modules too. The exported names tell which are of this package. */
const KERNELS = ['loss', 'grad'];

if (typeof WebAssembly === 'object') {
  const {Instance} = WebAssembly;
  const Watched = function (module: WebAssembly.Module, imports: WebAssembly.Imports) {
    const {exports} = new Instance(module, imports);
    const counted = {...exports};
    for (const name of KERNELS) {
      const kernel = exports[name];
      if (typeof kernel !== 'function') continue;
      counted[name] = (...args: number[]) => {
        seen.simdCalls++;
        return kernel(...args);
      };
    }
    return {exports: counted};
  };
  Object.assign(WebAssembly, {Instance: Watched});
}
