import type {BackendDescription} from './description';

/**
 * As scripts/install_tfjs_node.sh leaves it. No literal: bundlers for browsers would look for it.
 */
const addon = () => '../../.cache/tfjs-node/node_modules/@tensorflow/tfjs-node/dist/index.js';

/** One line in the place of hundreds of failed specs. */
function endIfMissing(error: Error & {code?: string}): never {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error(
    '\nThere is no tfjs-node here: install it with `bash scripts/install_tfjs_node.sh`, or run the ' +
      'specs without it with `npm run test:light`.',
  );
  return process.exit(1);
}

export const tensorflow: BackendDescription = {
  hosts: ['node'],
  load: () => {
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // The specs' bad labels need no warning each.
    return import(addon()).catch(endIfMissing);
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
  place: 'process',
  docs: {
    backend: '`tensorflow` (tfjs-node)',
    computes: "TensorFlow's ops, JavaScript for few logits",
    precision: "TensorFlow's, 1e-6",
    where: 'Node 18 to 22',
  },
};
