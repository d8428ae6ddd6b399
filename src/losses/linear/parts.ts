/** Join the parts of a tensor, chunk by chunk. Both classes dispose the parts. */
import {add, concat, type DataType, dispose, type Tensor, zeros} from '@tensorflow/tfjs-core';

/** The number of chunks in one running sum. More of them would round too often. */
const CHUNKS = 256;

/** The rows of all chunks, one after the other. */
export class JoinedRows {
  private readonly parts: Tensor[] = [];

  constructor(
    private readonly shapeOfNone: number[],
    private readonly dtype: DataType = 'float32',
  ) {}

  add(part: Tensor): void {
    this.parts.push(part);
  }

  /** To be called once, at the end. */
  value(): Tensor {
    if (this.parts.length === 0) return zeros(this.shapeOfNone, this.dtype);
    if (this.parts.length === 1) return this.parts[0];
    const value = concat(this.parts);
    dispose(this.parts);
    return value;
  }
}

/** A sum of many tensors of one shape. It holds two of them at most. */
export class RunningSum {
  private total: Tensor | undefined;
  private recent: Tensor | undefined;
  private count = 0;

  constructor(private readonly shape: number[]) {}

  add(part: Tensor): void {
    this.recent = sumOf(this.recent, part);
    if (++this.count % CHUNKS > 0) return;
    this.total = sumOf(this.total, this.recent);
    this.recent = undefined;
  }

  /** To be called once, at the end. */
  value(): Tensor {
    if (this.recent) return sumOf(this.total, this.recent);
    return this.total ?? zeros(this.shape);
  }
}

/**
 * Disposes both, so that three matrices of the kernel's size are in memory only during the
 * addition.
 */
function sumOf(total: Tensor | undefined, part: Tensor): Tensor {
  if (total === undefined) return part;
  const sum = add(total, part);
  total.dispose();
  part.dispose();
  return sum;
}
