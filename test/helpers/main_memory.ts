/**
 * The most memory that a call holds at once, above its inputs.
 *
 * tf.memory().numBytes and the peakBytes of tf.profile count tensors, not memory. A reshaped or
 * saved tensor counts again, though it shares its data. Memory that a kernel allocates for itself,
 * as tf.softmax does three times, does not count. But each block of data passes through the
 * backend's public `write` when it is made, or on tensorflow through `createOutputTensor`, and
 * through `disposeData` when it is disposed. So these are replaced during one call. Two tensors
 * over one ArrayBuffer count once.
 *
 * Disposed data does not count, even if it still waits for the garbage collector.
 */
import * as tf from '@tensorflow/tfjs';

type Backend = tf.KernelBackend & {createOutputTensor?: (metadata: object) => tf.Tensor};

export function peakMemory<T>(call: () => T): {result: T; peakBytes: number} {
  const {peakBytes, end} = watchMemory();
  try {
    const result = call();
    return {result, peakBytes: peakBytes()};
  } finally {
    end();
  }
}

/** The same for code that runs until `end`. */
export function watchMemory(): {peakBytes(): number; end(): void} {
  const backend: Backend = tf.backend();
  const {write, disposeData, createOutputTensor} = backend;
  const usage = new Usage();

  backend.write = (values, shape, dtype) => {
    const dataId = write.call(backend, values, shape, dtype);
    if (ArrayBuffer.isView(values)) {
      usage.add(dataId, values.buffer, values.byteLength);
    } else {
      usage.add(dataId, dataId, tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype));
    }
    return dataId;
  };
  if (createOutputTensor !== undefined) {
    backend.createOutputTensor = (metadata) => {
      const tensor = createOutputTensor.call(backend, metadata);
      const bytes = tensor.size * tf.util.bytesPerElement(tensor.dtype);
      usage.add(tensor.dataId, tensor.dataId, bytes);
      return tensor;
    };
  }
  backend.disposeData = (dataId, force) => {
    const isGone = disposeData.call(backend, dataId, force);
    if (isGone) usage.remove(dataId);
    return isGone;
  };
  return {
    peakBytes: () => usage.peakBytes,
    end: () => void Object.assign(backend, {write, disposeData, createOutputTensor}),
  };
}

/** A piece of memory, and how many data ids share it. */
interface Block {
  readonly memory: object;
  readonly bytes: number;
  users: number;
}

class Usage {
  peakBytes = 0;
  private bytes = 0;
  private readonly blockOfMemory = new Map<object, Block>();
  private readonly blockOfData = new Map<object, Block>();

  add(dataId: object, memory: object, bytes: number): void {
    const block = this.blockOfMemory.get(memory) ?? this.allocate({memory, bytes, users: 0});
    block.users++;
    this.blockOfData.set(dataId, block);
  }

  remove(dataId: object): void {
    const block = this.blockOfData.get(dataId);
    if (block === undefined) return; // It was there before the call.
    this.blockOfData.delete(dataId);
    block.users--;
    if (block.users === 0) {
      this.blockOfMemory.delete(block.memory);
      this.bytes -= block.bytes;
    }
  }

  private allocate(block: Block): Block {
    this.blockOfMemory.set(block.memory, block);
    this.bytes += block.bytes;
    this.peakBytes = Math.max(this.peakBytes, this.bytes);
    return block;
  }
}
