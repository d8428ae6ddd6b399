// The handwritten digits of digits.csv.gz, from the disk. README.md says where they come from.
import {readFileSync} from 'node:fs';
import {URL} from 'node:url';
import {gunzipSync} from 'node:zlib';

import {parseDigits} from './parse.js';

const FILE = new URL('./digits.csv.gz', import.meta.url);

/** Returns what `parseDigits` does. */
export const loadDigits = () => parseDigits(gunzipSync(readFileSync(FILE)).toString());
