import {readFileSync} from 'node:fs';

import {SHADERS_PATH, shadersText} from '../helpers/shaders';

describe('the shaders of the webgl kernels', () => {
  it('are those that were reviewed; npm run shaders writes them anew', () => {
    expect(shadersText(3, 5, 1)).toBe(readFileSync(SHADERS_PATH, 'utf8'));
  });

  it('are the same for every shape, so that a new one compiles nothing', () => {
    expect(shadersText(2048, 50257, 512)).toBe(shadersText(3, 5, 1));
  });
});
