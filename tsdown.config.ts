import {defineConfig} from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/layers.ts', 'src/converter.ts'],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2020',
  dts: true,
  sourcemap: true,
  fixedExtension: false,
});
