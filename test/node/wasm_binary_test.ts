/** What ships is what the source says. */
import {readFileSync} from 'node:fs';

import {binarySource} from '../../scripts/wasm';

describe('the module of the wasm kernels', () => {
  it('is the compiled source; `npm run wasm` writes it', async () => {
    expect(await binarySource()).toBe(readFileSync('src/kernels/wasm/binary.ts', 'utf8'));
  });
});
