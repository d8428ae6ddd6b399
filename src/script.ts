/** Every entry in one file, for pages without a bundler: dist/tfjs-sparse-softmax-cross-entropy.min.js. */
export * from './index';
export * from './layers';
export * from './converter';
