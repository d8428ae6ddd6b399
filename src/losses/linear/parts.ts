/** Join the parts of a tensor, chunk by chunk. These classes dispose the parts. */
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

  add(...parts: Tensor[]): void {
    this.parts.push(...parts);
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

/** A sum of tensors that each come as blocks of rows. It holds two sums of each block at most. */
export class SumOfBlocks {
  private readonly sums: RunningSum[] = [];

  constructor(private readonly shape: number[]) {}

  add(...blocks: Tensor[]): void {
    blocks.forEach((block, i) => (this.sums[i] ??= new RunningSum()).add(block));
  }

  /** To be called once, at the end. */
  value(): Tensor {
    const rows = new JoinedRows(this.shape);
    this.sums.forEach((sum) => rows.add(sum.value()));
    return rows.value();
  }
}

/** A sum of many tensors of one shape. It holds two of them at most. */
class RunningSum {
  private total: Tensor | undefined;
  private recent: Tensor | undefined;
  private count = 0;

  add(part: Tensor): void {
    this.recent = sumOf(this.recent, part);
    if (++this.count % CHUNKS > 0) return;
    this.total = sumOf(this.total, this.recent);
    this.recent = undefined;
  }

  /** To be called once, after a part was added. */
  value(): Tensor {
    return this.recent ? sumOf(this.total, this.recent) : this.total!;
  }
}

/** Disposes both. */
function sumOf(total: Tensor | undefined, part: Tensor): Tensor {
  if (total === undefined) return part;
  const sum = add(total, part);
  total.dispose();
  part.dispose();
  return sum;
}
