/** npm run shaders: the shaders of the webgl kernels, for review, into the file a spec compares. */
import {writeFileSync} from 'node:fs';

import {SHADERS_PATH, shadersText} from '../test/helpers/shaders';

writeFileSync(SHADERS_PATH, shadersText(3, 5, 1));
