/**
 * The wasm kernels, when the heap, which ends at 4 GB, has no room for their outputs.
 */
import * as tf from '@tensorflow/tfjs';

import {rawOps, sparseSoftmaxCrossEntropyWithLogits as nn} from '../../../src/index';
import {simdKernels} from '../../../src/kernels/wasm/simd';
import {makeOutputs} from '../../../src/kernels/wasm/output';
import {describeBackend, usage} from '../../helpers/backends';
import {HIDDEN_MEMORY, wasm, withModule} from '../../helpers/wasm';

const BATCH = 300;
const CLASSES = 101;
/** The sizes of the outputs, in bytes. No other tensor of these specs has one of them. */
const LOSS = 4 * BATCH;
const GRADIENT = 4 * BATCH * CLASSES;
/** Three numbers a row in the SIMD kernels' statistics, two in those of rows/. */
const STATISTICS = {simd: 12 * BATCH, rows: 8 * BATCH};

interface EmscriptenModule {
  _malloc(size: number): number;
}

/** From `fill(size)` on malloc has no room for `size` bytes, until `run` has ended. */
function withHeap<T>(run: (fill: (size: number) => void) => T): T {
  const module = wasm().wasm as unknown as EmscriptenModule;
  const {_malloc: malloc} = module;
  try {
    return run((size) => {
      module._malloc = (asked) => (asked === size ? 0 : malloc(asked));
    });
  } finally {
    module._malloc = malloc;
  }
}

describeBackend('wasm', 'in a full heap', () => {
  const inputs = () => ({
    labels: tf.tensor1d(new Int32Array(BATCH), 'int32'),
    logits: tf.randomNormal<tf.Rank.R2>([BATCH, CLASSES], 0, 1, 'float32', 1),
  });

  /** The call fails and says so. Nothing is left of it, and nobody wrote to address 0. */
  async function expectRefusal(size: number, call: (fill: () => void) => unknown): Promise<void> {
    const nullPage = () => wasm().wasm.HEAPU8.slice(0, 1024);
    const [before, page] = [usage(), nullPage()];
    const message = new RegExp(
      `fewer rows.*linearSparseSoftmaxCrossEntropy.* \\b${size}\\b.* bytes`,
    );
    expect(() => withHeap((fill) => call(() => fill(size)))).toThrowError(message);
    expect(usage()).toEqual(before);
    expect(nullPage()).toEqual(page);
  }

  async function expectRefusals(statistics: number): Promise<void> {
    const {labels, logits} = inputs();
    for (const size of [LOSS, statistics]) {
      await expectRefusal(size, (fill) => {
        fill();
        nn(labels, logits);
      });
    }
    await expectRefusal(GRADIENT, (fill) => {
      fill();
      rawOps.sparseSoftmaxCrossEntropyWithLogits({features: logits, labels});
    });
    await expectAsync(nn([0], [[0, 0]])).toBeAllClose([Math.LN2], {relative: 1e-6});
  }

  it('the kernels refuse before they write anything', async () => {
    expect(simdKernels(wasm())).toBeDefined();
    await expectRefusals(STATISTICS.simd);
  });

  it('the kernels of rows/ refuse before they write anything', async () => {
    await withModule(HIDDEN_MEMORY, async () => {
      expect(simdKernels(wasm())).toBeUndefined();
      await expectRefusals(STATISTICS.rows);
    });
  });

  it('a gradient that fails leaves nothing on the tape', async () => {
    const {labels, logits} = inputs();
    // tf.js copies the logits for the tape, so the heap is full from the end of the forward pass.
    await expectRefusal(GRADIENT, (fill) =>
      tf.grad((x: tf.Tensor) => {
        const loss = nn(labels, tf.mul(x, 2)).mean();
        fill();
        return loss;
      })(logits),
    );
  });

  it('an output beyond the addresses of the heap is refused, not cut off', () => {
    const before = usage();
    expect(() => makeOutputs(wasm(), [3], [2 ** 29, 2])).toThrowError(/12 \+ 4294967296 bytes/);
    expect(usage()).toEqual(before);
  });
});
