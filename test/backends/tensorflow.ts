import type {BackendDescription} from './description';

/** As scripts/install_tfjs_node.sh leaves it. No literal: bundlers for browsers would look for it. */
const addon = () => '../../.cache/tfjs-node/node_modules/@tensorflow/tfjs-node/dist/index.js';

export const tensorflow: BackendDescription = {
  hosts: ['node'],
  load: () => {
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // The specs' bad labels need no warning each.
    return import(addon());
  },
  flags: {},
  variants: {},
  startsAnew: false,
  // TensorFlow's kernel computes in float32; measured 7e-7 at the most.
  promises: {
    loss: {relative: 1e-6, absolute: 1e-6},
    gradient: {relative: 1e-6, absolute: 1e-6},
  },
  smoothedPromises: {
    loss: {relative: 1e-6, absolute: 1e-6},
    gradient: {relative: 1e-6, absolute: 1e-6},
  },
  badLabel: 'throws',
  checksOwnKernels: false, // The fused matMul of tfjs-node does not pass.
  bench: {
    place: 'process',
    adds: ['(d3) expert, softmax', '(d4) expert, softmax, one-hot', 'the native op, bare'],
  },
  docs: {
    backend: '`tensorflow` (tfjs-node)',
    computes: "TensorFlow's own ops",
    precision: "TensorFlow's, 1e-6",
    where: 'Node 18 to 22',
  },
};
