/** npm run shaders: the shaders of the GPU kernels, for review, into the files a spec compares. */
import {writeFileSync} from 'node:fs';

import {SHADERS_PATH, shadersText, WGSL_PATH, wgslText} from '../test/helpers/shaders';

writeFileSync(SHADERS_PATH, shadersText(3, 5, 1));
writeFileSync(WGSL_PATH, wgslText(3, 5, 1));
