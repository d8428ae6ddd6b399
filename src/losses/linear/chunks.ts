/**
 * The losses of a linear layer by chunks of rows, so that only the logits of one chunk are in
 * memory. Nothing here is on the tape; gradient.ts puts the loss there.
 *
 * Rows of logits are independent. So losses, predictions and the gradient of inputs are those of
 * the chunks, one after the other. The gradients of kernel and bias are sums over chunks.
 */
import {argMax, slice, type Tensor, type TensorInfo, tidy} from '@tensorflow/tfjs-core';

import {gradAttrsOf} from '../../gradients/loss';
import {sizesOf, type SparseSoftmaxCrossEntropyLossAttrs} from '../../kernel_names';
import {runGrad, runLoss} from '../../run_kernels';
import {countedRows} from '../ignored_labels';
import {layerGradient, type LayerVariable, type LinearLayer, logitsOf} from './layer';
import {JoinedRows, SumOfBlocks} from './parts';

/**
 * The most bytes of a chunk's logits, unless the caller sets the chunk size. Few rows cost more
 * time for each row, so it is as large as tensorflow allows. There the allocator returns blocks of
 * 26 MB and more to the system, and a forward pass with chunks of 34 MB takes twice the time.
 */
const CHUNK_BYTES = 23e6;

/** A layer with labels, int32 [batch], and the number of rows to compute at once. */
export interface ChunkedLayer extends LinearLayer {
  readonly labels: Tensor;
  readonly numClasses: number;
  readonly attrs: SparseSoftmaxCrossEntropyLossAttrs;
  readonly chunkSize: number;
  /** Whether to return the class with the largest logit of each row. */
  readonly withPredictions: boolean;
}

/** The variables whose gradients are asked for, and dy, float32 [batch]. */
export interface AskedGradients {
  readonly of: readonly LayerVariable[];
  readonly dy: Tensor;
}

export interface ChunkedOutputs {
  /** float32 [batch]. */
  readonly losses: Tensor;
  /** int32 [batch]. */
  readonly predictions: Tensor | undefined;
  /** In the order in which they are asked for. */
  readonly gradients: readonly Tensor[];
}

/**
 * As many rows as CHUNK_BYTES hold, at least one. Chunks are of equal size, so that the last one is
 * not small.
 */
export function defaultChunkSize(logits: TensorInfo): number {
  const {batch, numClasses} = sizesOf(logits);
  const most = Math.max(1, Math.floor(CHUNK_BYTES / (4 * numClasses)));
  const numChunks = Math.ceil(batch / most);
  return batch === 0 ? 1 : Math.ceil(batch / numChunks);
}

/**
 * The number of rows of the kernel's gradient to compute and add at once, in blocks of equal size.
 * To add a block takes memory for one kernel and a block, not for two more kernels.
 */
function blockRowsOf(kernel: Tensor): number {
  const [rows] = kernel.shape;
  const numBlocks = Math.ceil((4 * kernel.size) / CHUNK_BYTES) || 1;
  return Math.ceil(rows / numBlocks);
}

/** The losses of all rows, and the gradients that are asked for. */
export function chunkedOutputs(layer: ChunkedLayer, asked?: AskedGradients): ChunkedOutputs {
  const losses = new JoinedRows([0]);
  const predictions = layer.withPredictions ? new JoinedRows([0], 'int32') : undefined;
  const gradients = (asked?.of ?? []).map((variable) =>
    variable === 'inputs'
      ? new JoinedRows(layer.inputs.shape)
      : new SumOfBlocks(variable === 'kernel' ? layer.kernel.shape : [layer.numClasses]),
  );
  for (const chunk of chunksOf(layer)) {
    const part = tidy(() =>
      outputsOf(rowsOf(layer, chunk), asked && {...asked, dy: rows(asked.dy, chunk)}),
    );
    losses.add(part.losses);
    if (part.predictions) predictions?.add(part.predictions);
    part.gradients.forEach((blocks, i) => gradients[i].add(...blocks));
  }
  return {
    losses: losses.value(),
    predictions: predictions?.value(),
    gradients: gradients.map((parts) => parts.value()),
  };
}

/** A type alias, because tf.tidy takes no interfaces. */
type Outputs = {losses: Tensor; predictions: Tensor | undefined; gradients: Tensor[][]};

function outputsOf(layer: ChunkedLayer, asked: AskedGradients | undefined): Outputs {
  const {labels, attrs, numClasses, withPredictions} = layer;
  const features = logitsOf(layer);
  const predictions = withPredictions ? argMax(features, 1) : undefined;
  const [losses, statistics] = runLoss({features, labels}, attrs);
  if (asked === undefined) return {losses, predictions, gradients: []};
  const {of, dy} = asked;
  const dlogits = runGrad({dy, features, labels, statistics}, gradAttrsOf(attrs, numClasses));
  // Before the products, which need the memory.
  features.dispose();
  statistics.dispose();
  const gradients = of.map((variable) =>
    layerGradient(
      variable,
      variable === 'kernel' ? withoutIgnored(layer) : layer,
      dlogits,
      blockRowsOf(layer.kernel),
    ),
  );
  return {losses, predictions, gradients};
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

/**
 * Sets the inputs of ignored labels to 0. Their NaN would reach the kernel's gradient as 0 * NaN.
 */
export function withoutIgnored<L extends ChunkedLayer>(layer: L): L {
  const {inputs, labels, attrs} = layer;
  const {ignoreClass} = attrs;
  if (ignoreClass === undefined) return layer;
  return {...layer, inputs: countedRows(inputs, labels, ignoreClass)};
}

function rows(x: Tensor, {begin, size}: Chunk): Tensor {
  return slice(x, begin, size);
}
