/** Mistakes that only WGSL and its devices can make. The shared suite has the rest. */
import * as tf from '@tensorflow/tfjs';

import {
  InvalidArgumentError,
  losses,
  rawOps,
  sparseSoftmaxCrossEntropyWithLogits as nn,
} from '../../src/index';
import type {LossKernelConfig} from '../../src/kernel_names';
import {runGrad, runLoss} from '../../src/run_kernels';
import {describeBackend, runsHere, startBackend} from '../helpers/backends';
import {uploaded} from '../helpers/bad_labels';
import {oracle} from '../helpers/oracle';
import {classIds, normals} from '../helpers/random';
import {flush, webgpuBackend} from '../helpers/webgpu_probe';

const row = (i: number, numClasses: number) => Math.floor(i / numClasses);

describeBackend('webgpu', 'a tensor in any state', () => {
  const values = normals(7 * 100, 3, 0, 1);
  const labels = classIds(7, 100, 2);

  it('is read: computed, sliced, transposed, reshaped, of higher rank', async () => {
    const logits = tf.tensor2d(values, [7, 100]);
    const want = oracle({logits: values, labels, numClasses: 100});
    const ids = () => tf.tensor1d(labels, 'int32');
    for (const [x, y] of [
      [logits, ids()],
      [tf.add(logits, 0), tf.add(ids(), tf.scalar(0, 'int32'))],
      [
        tf.slice(tf.concat([logits, logits]), [7, 0], [7, 100]),
        tf.slice(tf.concat([ids(), ids()]), [7], [7]),
      ],
      [tf.transpose(tf.transpose(logits)), ids()],
      [tf.reshape(logits, [1, 7, 1, 100]), tf.reshape(ids(), [1, 7, 1])],
    ]) {
      const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(y, x))(x);
      await expectAsync(value).toBeTheLoss(want.loss);
      await expectAsync(grad).toBeTheGradient(want.backprop);
    }
  });

  it('may hold integers: tf.cast leaves them in the buffer of a float32 tensor', async () => {
    for (const numClasses of [5, 100]) {
      const logits = classIds(6 * numClasses, 9, 1);
      const ids = [0, 1, 1, 0, 1, 0];
      const {loss, backprop} = oracle({logits, labels: ids, numClasses});
      const x = tf.cast(
        tf.add(tf.tensor2d(logits, [6, numClasses], 'int32'), tf.scalar(0, 'int32')),
        'float32',
      );
      const y = tf.cast(tf.greater(tf.tensor1d(ids), 0.5), 'int32');
      const dy = tf.cast(tf.fill([6], 3, 'int32'), 'float32');
      await expectAsync(nn(y, x)).toBeTheLoss(loss);
      const grad = tf.grad((x: tf.Tensor) => nn(y, x))(x, dy);
      await expectAsync(grad).toBeTheGradient(backprop.map((g) => 3 * g));
    }
  });
});

describeBackend('webgpu', 'a label outside [0, classes)', () => {
  for (const numClasses of [3, 64, 65, 3000]) {
    it(`is NaN in its row of loss and gradient, and nowhere else: ${numClasses} classes`, async () => {
      const labels = [0, -1, numClasses - 1, numClasses, 1, 2 ** 31 - 1, 2, -(2 ** 31), 1];
      const logits = normals(9 * numClasses, 1, 0, 1);
      const isBad = (label: number) => label < 0 || label >= numClasses;
      const valid = labels.map((label) => (isBad(label) ? 0 : label));
      const {loss, backprop} = oracle({logits, labels: valid, numClasses});
      const wantLoss = loss.map((value, i) => (isBad(labels[i]) ? NaN : value));
      const wantGrad = backprop.map((g, i) => (isBad(labels[row(i, numClasses)]) ? NaN : g));

      const features = tf.tensor2d(logits, [9, numClasses]);
      const $labels = uploaded(tf.tensor1d(labels, 'int32'));
      const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn($labels, x))(features);
      await expectAsync(value).toBeTheLoss(wantLoss);
      await expectAsync(grad).toBeTheGradient(wantGrad);
      const both = rawOps.sparseSoftmaxCrossEntropyWithLogits({features, labels: $labels});
      await expectAsync(both[0]).toBeTheLoss(wantLoss);
      await expectAsync(both[1]).toBeTheGradient(wantGrad);
    });
  }

  it('is not looked for by reading anything back', () => {
    const logits = tf.add(tf.ones([4, 500]), 0);
    const labels = tf.argMax(logits, -1);
    const webgpu = webgpuBackend();
    const reads = [
      spyOn(webgpu, 'readSync').and.callThrough(),
      spyOn(webgpu, 'read').and.callThrough(),
      spyOn(webgpu, 'getBufferData').and.callThrough(),
    ];
    tf.grad((x: tf.Tensor) => nn(labels, x))(logits);
    const ignoring = {ignoreClass: 0};
    tf.grad((x: tf.Tensor) => losses.sparseSoftmaxCrossEntropy(labels, x, 1, ignoring))(logits);
    for (const read of reads) expect(read).not.toHaveBeenCalled();
  });

  it('is reported with its position in debug mode, when the GPU has handed it over', async () => {
    const logged = spyOn(console, 'error');
    const labels = uploaded(
      tf.tensor2d(
        [
          [0, 1, 2],
          [3, 7, 2],
        ],
        [2, 3],
        'int32',
      ),
    );
    const {refuse} = tf.getKernel('SparseSoftmaxCrossEntropyLoss', 'webgpu') as LossKernelConfig;
    refuse(labels, 5);
    tf.env().set('DEBUG', true);
    refuse(labels, 8); // With 8 classes all labels are valid.
    refuse(labels, 5, 7); // The 7 is ignored.
    refuse(labels, 5);
    tf.env().set('DEBUG', false);
    labels.dispose();
    expect(logged).not.toHaveBeenCalled();
    while (logged.calls.count() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(logged).toHaveBeenCalledOnceWith(
      jasmine.stringMatching(
        /^The label at \[1, 1\] is no class\. Received a label value of 7 which is outside the valid range of \[0, 5\)/,
      ),
    );
  });
});

// test/ops/options_test.ts tests few classes. Here rows are cut into windows.
describeBackend('webgpu', 'options of rows of many classes', () => {
  for (const numClasses of [65, 20001]) {
    it(`smooth labels and ignore a class, whatever its logits: ${numClasses} classes`, async () => {
      const batch = 9;
      for (const offset of [0, 1e6, -1e6]) {
        const logits = normals(batch * numClasses, 3, offset, 5);
        const labels = classIds(batch, numClasses, 6);
        labels[2] = labels[7] = -100;
        logits[2 * numClasses] = NaN;
        logits[7 * numClasses + numClasses - 1] = Infinity;
        const features = tf.tensor2d(logits, [batch, numClasses]);
        const $labels = tf.tensor1d(labels, 'int32');
        for (const labelSmoothing of [0.1, 1]) {
          const options = {ignoreClass: -100, labelSmoothing};
          const want = oracle({logits, labels, numClasses, options});
          const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn($labels, x, options))(
            features,
          );
          await expectAsync(value).toBeTheSmoothedLoss(want.loss);
          await expectAsync(grad).toBeTheSmoothedGradient(want.backprop);
        }
      }
    });
  }

  it('smooth rows 6e38 apart, masked by -1e9, and of infinities', async () => {
    const [batch, numClasses] = [6, 2000];
    const logits = new Float32Array(batch * numClasses);
    logits.set([3e38, -3e38], 0); // The loss by far less than 6e38.
    logits.fill(-1e9, numClasses + 1, numClasses + 3);
    logits[2 * numClasses] = -Infinity; // At the label,
    logits[3 * numClasses + 2] = -Infinity; // elsewhere,
    logits.fill(-Infinity, 4 * numClasses, 5 * numClasses); // and everywhere.
    logits[5 * numClasses + 1] = NaN;
    const labels = new Int32Array(batch);
    const features = tf.tensor2d(logits, [batch, numClasses]);
    for (const labelSmoothing of [0.1, 0.5]) {
      const options = {labelSmoothing};
      const {loss} = oracle({logits, labels, numClasses, options});
      expect(loss.slice(2)).toEqual([Infinity, Infinity, NaN, NaN]);
      await expectAsync(nn(tf.tensor1d(labels), features, options)).toBeTheSmoothedLoss(loss);
    }
  });
});

describeBackend('webgpu', 'more than 65535 groups of threads', () => {
  it('write no row that is not there, and leave none out', async () => {
    const batch = 64 * 65535 + 77;
    const labels = tf.fill([batch], 1, 'int32');
    const f = (x: tf.Tensor) => nn(labels, x);
    const {value, grad} = tf.valueAndGrad(f)(tf.zeros([batch, 2]));
    const loss = await value.data();
    expect(loss.every((v) => Math.abs(v - Math.LN2) < 1e-6)).toBeTrue();
    const dx = await grad.data();
    expect(dx.every((g, i) => g === (i % 2 === 0 ? 0.5 : -0.5))).toBeTrue();
  });
});

describeBackend('webgpu', 'a device', () => {
  it('that cannot hold the logits in one buffer is told by the name of its limit', () => {
    const {limits} = webgpuBackend().device;
    const batch = Math.floor(limits.maxStorageBufferBindingSize / 4 / 50257) + 1;
    const info = webgpuBackend().makeTensorInfo([batch, 50257], 'float32'); // No buffer as yet.
    const logits = tf.engine().makeTensorFromTensorInfo(info);
    const labels = tf.zeros([batch], 'int32');
    expect(() => nn(labels, logits)).toThrowError(
      InvalidArgumentError,
      /maxStorageBufferBindingSize of \d+ bytes/,
    );
    expect(() => runLoss({features: logits, labels}, {})).toThrowError(
      /maxStorageBufferBindingSize/,
    );
  });

  it('need not hold all logits of a last layer that is taken by chunks', async () => {
    const {device} = webgpuBackend();
    const {limits} = device;
    const [batch, units, numClasses] = [300, 4, 100];
    const labels = tf.tensor1d(classIds(batch, numClasses, 1), 'int32');
    const inputs = tf.tensor2d(normals(batch * units, 1, 0, 2), [batch, units]);
    const kernel = tf.tensor2d(normals(units * numClasses, 1, 0, 3), [units, numClasses]);
    const logits = tf.matMul(inputs, kernel);
    const want = await losses.sparseSoftmaxCrossEntropy(labels, logits).data();
    const tight = new Proxy(limits, {
      get: (target, name: keyof GPUSupportedLimits) =>
        name === 'maxStorageBufferBindingSize' ? 4 * 60 * numClasses : target[name],
    });
    Object.defineProperty(device, 'limits', {configurable: true, value: tight});
    try {
      expect(() => nn(labels, logits)).toThrowError(/maxStorageBufferBindingSize/);
      const loss = losses.linearSparseSoftmaxCrossEntropy(labels, inputs, kernel, 1, {
        chunkSize: 50,
      });
      await expectAsync(loss).toBeAllClose(want, {relative: 1e-6});
    } finally {
      delete (device as {limits?: unknown}).limits;
    }
  });

  it('leaves nothing behind where a program fails', () => {
    const webgpu = webgpuBackend();
    const {runWebGPUProgram} = webgpu;
    for (const numClasses of [10, 1000]) {
      const features = tf.ones([4, numClasses]);
      const labels = tf.zeros([4], 'int32');
      const [, statistics] = runLoss({features, labels}, {});
      const dy = tf.ones([4]);
      for (let failing = 0; failing < (numClasses === 10 ? 1 : 2); failing++) {
        for (const run of [
          () => runLoss({features, labels}, {}),
          () => runGrad({dy, features, labels, statistics}, {}),
        ]) {
          flush(webgpu);
          const before = [webgpu.numDataIds(), tf.memory().numTensors];
          let runs = 0;
          webgpu.runWebGPUProgram = (...args) => {
            if (runs++ === failing) throw new Error('out of memory');
            return runWebGPUProgram.apply(webgpu, args);
          };
          expect(run).toThrowError('out of memory');
          Reflect.deleteProperty(webgpu, 'runWebGPUProgram');
          flush(webgpu);
          expect([webgpu.numDataIds(), tf.memory().numTensors]).toEqual(before);
        }
      }
    }
  });
});

if (runsHere('webgpu')) {
  describe('a WebGPU device that is lost', () => {
    const startAnew = async () => {
      const factory = tf.findBackendFactory('webgpu');
      tf.removeBackend('webgpu');
      tf.registerBackend('webgpu', factory);
      await startBackend('webgpu', {});
    };
    beforeAll(() => startBackend('webgpu', {}));
    beforeEach(startAnew);
    afterAll(startAnew);

    it('is an error, and never a loss of zeros', async () => {
      const labels = tf.zeros([4], 'int32');
      const logits = tf.ones([4, 100]);
      await nn(labels, logits).data();
      const {device} = webgpuBackend();
      device.destroy();
      await device.lost;
      expect(() => nn(labels, logits)).toThrowError(/WebGPU device was lost \(destroyed/);
      expect(() => tf.grad((x: tf.Tensor) => nn(labels, x))(logits)).toThrowError(
        /device was lost/,
      );
    });

    it('is the same error in debug mode, which waits for labels in vain', async () => {
      const logits = tf.ones([4, 100]);
      const labels = tf.argMax(logits, -1); // On the GPU.
      const {device} = webgpuBackend();
      const {refuse} = tf.getKernel('SparseSoftmaxCrossEntropyLoss', 'webgpu') as LossKernelConfig;
      device.destroy();
      tf.env().set('DEBUG', true);
      refuse(labels, 100);
      await device.lost;
      expect(() => nn(labels, logits)).toThrowError(/WebGPU device was lost \(destroyed/);
      tf.env().set('DEBUG', false);
      // Jasmine fails a spec in which a rejection is handled by nobody.
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
  });
}
