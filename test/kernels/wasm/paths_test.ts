/** Each way in which the wasm kernels may run: SIMD in tf.js's heap, or rows/ over a view of it. */
import * as tf from '@tensorflow/tfjs';
import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {
  InvalidArgumentError,
  sparseSoftmaxCrossEntropyWithLogits as nn,
  type TargetOptions,
} from '../../../src/index';
import {simdKernels} from '../../../src/kernels/wasm/simd';
import {describeBackend} from '../../helpers/backends';
import {finiteCases, ignoringCases, nonFiniteCases, smoothingCases} from '../../helpers/cases';
import {oracle} from '../../helpers/oracle';
import {HIDDEN_MEMORY, memoryOf, wasm, withModule} from '../../helpers/wasm';

/** The shape of two statistics tells rows/ from the SIMD module, which has three. */
function lossAndStatistics(logits: tf.Tensor2D, labels: tf.Tensor1D) {
  return tf.engine().runKernel('SparseSoftmaxCrossEntropyLoss', {
    features: logits,
    labels,
  }) as unknown as tf.Tensor[];
}

async function expectEveryCase(): Promise<void> {
  const all = [...finiteCases, ...nonFiniteCases, ...ignoringCases, ...smoothingCases];
  for (const testCase of all) {
    const {batch, numClasses, options} = testCase;
    const labels = tf.tensor1d(testCase.labels, 'int32');
    const x = tf.tensor2d(testCase.logits, [batch, numClasses]);
    const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(labels, x, options))(x);
    const want = oracle(testCase);
    await expectAsync(value).withContext(testCase.name).toBeTheLoss(want.loss);
    await expectAsync(grad).withContext(testCase.name).toBeTheGradient(want.backprop);
    tf.dispose([labels, x, value, grad]);
  }
}

/** On a backend over the same heap, for which nothing is compiled yet and compiling fails. */
function withoutCompiler(error: Error, run: () => Promise<void>): Promise<void> {
  const {Module: compiler} = WebAssembly;
  const {buffer} = memoryOf(wasm());
  const memory = Object.setPrototypeOf({buffer}, WebAssembly.Memory.prototype);
  Object.assign(WebAssembly, {
    Module: function () {
      throw error;
    },
  });
  return withModule({asm: {memory}}, run).finally(() => {
    Object.assign(WebAssembly, {Module: compiler});
  });
}

describeBackend('wasm', 'the kernels', () => {
  const logits = () => tf.tensor2d([[1, 2, 3], [3, 1, 2]]); // prettier-ignore
  const labels = () => tf.tensor1d([2, 0], 'int32');

  it('run as SIMD where the engine has it, compiled once', () => {
    const kernels = simdKernels(wasm());
    expect(kernels).toBeDefined();
    expect(simdKernels(wasm())).toBe(kernels);
    expect(lossAndStatistics(logits(), labels())[1].shape).toEqual([3, 2]);
  });

  it('give the same answers by rows/ where tf.js hides its memory', async () => {
    await withModule(HIDDEN_MEMORY, async () => {
      expect(simdKernels(wasm())).toBeUndefined();
      expect(lossAndStatistics(logits(), labels())[1].shape).toEqual([2, 2]);
      await expectEveryCase();
    });
  });

  it('give the same answers by rows/ where nothing may be compiled', async () => {
    const warn = spyOn(console, 'warn');
    const refusal = new WebAssembly.CompileError('Refused by a content security policy.');
    await withoutCompiler(refusal, async () => {
      expect(simdKernels(wasm())).toBeUndefined();
      await expectEveryCase();
    });
    expect(warn).not.toHaveBeenCalled();
  });

  it('warn once where compiling fails for an unexpected reason', async () => {
    const warn = spyOn(console, 'warn');
    await withoutCompiler(new RangeError('Too large.'), async () => {
      expect(simdKernels(wasm())).toBeUndefined();
      await expectAsync(nn([0], [[0, 0]])).toBeAllClose([Math.LN2], {relative: 1e-6});
    });
    expect(warn).toHaveBeenCalledOnceWith(jasmine.stringMatching(/slow.* RangeError: Too large/));
  });

  it('survive a heap that grows while they allocate their outputs', async () => {
    const size = 4096;
    const x = tf.randomNormal<tf.Rank.R2>([size, 16], 0, 3, 'float32', 1);
    const $labels = tf.randomUniformInt([size], 0, 16, 2) as unknown as tf.Tensor1D;
    const f = (x: tf.Tensor) => nn($labels, x);
    const before = tf.valueAndGrad(f)(x);
    const {makeOutput} = wasm();
    let grown = 0;
    wasm().makeOutput = function (this: BackendWasm, ...args) {
      const {buffer} = memoryOf(this);
      // Makes the heap grow, as a full heap does: allocates its whole size, and disposes that.
      const info = makeOutput.call(this, [buffer.byteLength / 4], 'float32');
      this.disposeData(info.dataId);
      grown++;
      return makeOutput.apply(this, args);
    };
    try {
      const after = tf.valueAndGrad(f)(x);
      await expectAsync(after.value).toBeWithinUlps(before.value, 0);
      await expectAsync(after.grad).toBeWithinUlps(before.grad, 0);
    } finally {
      wasm().makeOutput = makeOutput;
    }
    expect(grown).toBeGreaterThan(2);
  });

  it('give the same bits on every run, and keep a tiny loss', async () => {
    const x = tf.randomNormal<tf.Rank.R2>([5, 1003], 0, 5, 'float32', 3);
    const $labels = tf.tensor1d([0, 1002, 7, 8, 9], 'int32');
    const run = (options: TargetOptions) => nn($labels, x, options);
    for (const options of [{}, {labelSmoothing: 0.1}]) {
      await expectAsync(run(options)).toBeWithinUlps(run(options), 0);
    }
    const tiny = Math.log1p(3 * Math.exp(-20));
    await expectAsync(nn([0], [[20, 0, 0, 0]])).toBeAllClose([tiny], {relative: 1e-5});
  });

  // Equal numbers may round the same way in every addition: the worst that a sum in float32 can
  // meet.
  it('add up many equal logits as exactly as others', async () => {
    const batch = 40;
    for (const numClasses of [255, 256, 257, 512, 1000]) {
      const rows = Array.from({length: batch}, (_, row) => [
        0,
        ...Array<number>(numClasses - 1).fill(-7 + row / 10),
      ]);
      const logits = Float32Array.from(rows.flat());
      const labels = new Int32Array(batch);
      const want = oracle({logits, labels, numClasses});
      const x = tf.tensor2d(logits, [batch, numClasses]);
      const f = (x: tf.Tensor) => nn(tf.tensor1d(labels, 'int32'), x);
      const {value, grad} = tf.valueAndGrad(f)(x);
      await expectAsync(value).withContext(`${numClasses} classes`).toBeTheLoss(want.loss);
      await expectAsync(grad).withContext(`${numClasses} classes`).toBeTheGradient(want.backprop);
    }
  });

  it('refuse a bad label also for callers who bypass the op', () => {
    const bad = tf.tensor1d([2, 3], 'int32');
    expect(() => lossAndStatistics(logits(), bad)).toThrowError(
      InvalidArgumentError,
      /label value of 3 .*\[0, 3\)/,
    );
  });
});
