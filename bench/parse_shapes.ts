import {InvalidArgumentError} from 'commander';

import type {LayerCase} from './linear/layer';
import type {Shape} from './shapes';

/** Digits, ImageNet in two batches, pixels, and the vocabularies of Llama 2 and GPT-2. */
export const defaultShapes = '128x10,128x1000,1024x1000,65536x10,256x32000,512x50257';

/** '128x10,1024x1000', batch before classes. */
export function parseShapes(list: string): Shape[] {
  return list.split(',').map((text) => {
    const [batch, classes] = /^\d+x\d+$/.test(text) ? text.split('x').map(Number) : [];
    // tf.oneHot, on which most rivals stand, refuses a single class.
    if (!(batch >= 1 && classes >= 2)) {
      throw new InvalidArgumentError(`'${text}' is no shape such as 128x10, of 2 classes or more.`);
    }
    return {batch, classes};
  });
}

/** GPT-2's last layer, narrow enough for every backend. */
export const defaultLayer = '512x256x50257';

/** '512x256x50257', batch, units and classes. */
export function parseLayer(text: string): LayerCase {
  const [batch, units, classes] = /^\d+x\d+x\d+$/.test(text) ? text.split('x').map(Number) : [];
  if (!(batch >= 1 && units >= 1 && classes >= 1)) {
    throw new InvalidArgumentError(`'${text}' is no layer such as ${defaultLayer}.`);
  }
  return {batch, units, classes, transposeKernel: false, isTimed: true};
}
