/** The binaries that ship are what the sources say, and small enough for old browsers. */
import {readFileSync} from 'node:fs';

import {binarySource} from '../../scripts/wasm';
import {GRAD, LABELS, LOSS} from '../../src/kernels/wasm/binary';

/** Chromium before 115 compiles no more on the main thread. */
const MAX_BYTES = 4096;

describe('the modules of the wasm kernels', () => {
  it('are the compiled sources; `npm run wasm` writes them', async () => {
    expect(await binarySource()).toBe(readFileSync('src/kernels/wasm/binary.ts', 'utf8'));
  });

  it('compile on the main thread of old browsers', () => {
    for (const {head, sharedHead, code} of [GRAD, LABELS, LOSS]) {
      expect(Buffer.from(head + code, 'base64').length).toBeLessThanOrEqual(MAX_BYTES);
      expect(Buffer.from(sharedHead + code, 'base64').length).toBeLessThanOrEqual(MAX_BYTES);
    }
  });
});
