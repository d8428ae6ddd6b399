/**
 * The losses of a linear layer by chunks of rows, so that never more than the logits of a chunk are
 * alive. Nothing here is on the tape: linear_loss.ts is.
 *
 * A row of logits touches no other row. So losses and the gradient of inputs come chunk by chunk
 * as they are, and the gradients of kernel and bias are sums over chunks.
 */
import {
  concat,
  slice,
  type Tensor,
  type TensorInfo,
  tidy,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';

import {gradAttrsOf} from '../../gradients/loss';
import {sizesOf, type SparseSoftmaxCrossEntropyLossAttrs} from '../../kernel_names';
import {runGrad, runLoss} from '../../run_kernels';
import {type LayerGradients, layerGradients, type LinearLayer, logitsOf} from './layer';
import {RunningSum} from './sums';

/**
 * What the logits of a chunk may take, where the caller does not say how many rows it has. A product
 * of few rows costs more a row: with 50,257 classes that is a fifth of a step at 128 rows a chunk,
 * an eighth at 171 and a fifteenth at 256 (on tensorflow), while memory grows with the chunk.
 */
const CHUNK_BYTES = 36e6;

/** A layer with labels, int32 [batch], and how many rows of it to take at once. */
export interface ChunkedLayer extends LinearLayer {
  readonly labels: Tensor;
  readonly numClasses: number;
  readonly attrs: SparseSoftmaxCrossEntropyLossAttrs;
  readonly chunkSize: number;
}

/** As many rows as CHUNK_BYTES hold, at least one; all chunks alike, so that the last is no rest. */
export function defaultChunkSize(logits: TensorInfo): number {
  const {batch, numClasses} = sizesOf(logits);
  const most = Math.max(1, Math.floor(CHUNK_BYTES / (4 * numClasses)));
  const numChunks = Math.ceil(batch / most);
  return batch === 0 ? 1 : Math.ceil(batch / numChunks);
}

/** float32 [batch]. */
export function chunkedLosses(layer: ChunkedLayer): Tensor {
  const losses = chunksOf(layer).map((chunk) =>
    tidy(() => {
      const {labels, attrs} = rowsOf(layer, chunk);
      const logits = logitsOf(rowsOf(layer, chunk));
      return runLoss({features: logits, labels}, attrs)[0];
    }),
  );
  return joined(losses, [0]);
}

/** The same, and the gradients of the layer for dy, float32 [batch]. */
export function chunkedLossesAndGradients(
  layer: ChunkedLayer,
  dy: Tensor,
): {losses: Tensor; gradients: LayerGradients} {
  const losses: Tensor[] = [];
  const dinputs: Tensor[] = [];
  const dkernel = new RunningSum();
  const dbias = new RunningSum();
  for (const chunk of chunksOf(layer)) {
    const part = tidy(() => lossesAndGradientsOf(rowsOf(layer, chunk), rows(dy, chunk)));
    losses.push(part.losses);
    dinputs.push(part.inputs);
    dkernel.add(part.kernel);
    if (part.bias) dbias.add(part.bias);
  }
  const {inputs, kernel, bias} = layer;
  return {
    losses: joined(losses, [0]),
    gradients: {
      inputs: joined(dinputs, inputs.shape),
      kernel: dkernel.value() ?? zerosLike(kernel),
      bias: bias && (dbias.value() ?? zerosLike(bias)),
    },
  };
}

function lossesAndGradientsOf(layer: ChunkedLayer, dy: Tensor): {losses: Tensor} & LayerGradients {
  const {labels, attrs, numClasses} = layer;
  const features = logitsOf(layer);
  const [losses, statistics] = runLoss({features, labels}, attrs);
  const dlogits = runGrad({dy, features, labels, statistics}, gradAttrsOf(attrs, numClasses));
  // Before the products, which need the room.
  features.dispose();
  statistics.dispose();
  return {losses, ...layerGradients(layer, dlogits)};
}

interface Chunk {
  readonly begin: number;
  readonly size: number;
}

function chunksOf({inputs, chunkSize}: ChunkedLayer): Chunk[] {
  const [batch] = inputs.shape;
  return Array.from({length: Math.ceil(batch / chunkSize)}, (_, i) => {
    const begin = i * chunkSize;
    return {begin, size: Math.min(chunkSize, batch - begin)};
  });
}

function rowsOf(layer: ChunkedLayer, chunk: Chunk): ChunkedLayer {
  return {...layer, inputs: rows(layer.inputs, chunk), labels: rows(layer.labels, chunk)};
}

function rows(x: Tensor, {begin, size}: Chunk): Tensor {
  return slice(x, begin, size);
}

/** tf.concat, also of nothing. */
function joined(parts: Tensor[], shapeOfNone: number[]): Tensor {
  return parts.length === 0 ? zeros(shapeOfNone) : concat(parts);
}
