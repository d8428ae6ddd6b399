/** Loaded before every spec in Node: the backend that only Node has, as scripts/install_tfjs_node.sh left it. */
import {createRequire} from 'node:module';

process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // The specs' bad labels need no warning each.
createRequire(import.meta.url)('../../.cache/tfjs-node/node_modules/@tensorflow/tfjs-node');
