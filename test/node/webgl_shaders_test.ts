import {readFileSync} from 'node:fs';

import {SHADERS_PATH, shadersText, WGSL_PATH, wgslText} from '../helpers/shaders';

describe('the shaders of the webgl kernels', () => {
  it('are those that were reviewed; npm run shaders writes them anew', () => {
    expect(shadersText(3, 5, 1)).toBe(readFileSync(SHADERS_PATH, 'utf8'));
  });

  it('are the same for every shape, so that a new one compiles nothing', () => {
    expect(shadersText(2048, 50257, 512)).toBe(shadersText(3, 5, 1));
  });
});

describe('the programs of the webgpu kernels', () => {
  it('are those that were reviewed; npm run shaders writes them anew', () => {
    expect(wgslText(3, 5, 1)).toBe(readFileSync(WGSL_PATH, 'utf8'));
  });

  it('are the same for every shape, so that a new one makes no pipeline', () => {
    expect(wgslText(2048, 50257, 256)).toBe(wgslText(3, 5, 1));
  });
});
