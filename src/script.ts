/**
 * Every entry in one file, for pages without a bundler.
 */
export * from './index';
export * from './layers';
export * from './converter';
