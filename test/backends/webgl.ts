import type {BackendDescription, Flags} from './description';

/** The shaders, also for tensors so small that tf.js would compute them without the GPU. */
export const SHADERS_ONLY: Flags = {WEBGL_CPU_FORWARD: false, WEBGL_SIZE_UPLOAD_UNIFORM: 0};

export const webgl: BackendDescription = {
  hosts: ['chromium', 'firefox', 'webkit'],
  flags: SHADERS_ONLY,
  variants: {
    'default flags': {},
    'nothing packed': {...SHADERS_ONLY, WEBGL_PACK: false, WEBGL_LAZILY_UNPACK: false},
    'textures made square': {
      ...SHADERS_ONLY,
      WEBGL_MAX_SIZE_FOR_NARROW_TEXTURE: 16,
      WEBGL_MAX_TEXTURE_SIZE: 512,
    },
    'WebGL 1': {...SHADERS_ONLY, WEBGL_VERSION: 1},
  },
  variantsLeftOut: {
    // These run the same shaders as the suites' own flags, and Chromium runs both.
    firefox: ['default flags', 'textures made square'],
    // In WebGL 1 our kernels are JavaScript, and some of tf.js's own keep only 11 bits in WebKit,
    // as tf.where does.
    webkit: ['default flags', 'textures made square', 'WebGL 1'],
  },
  startsAnew: true,
  // float32 on the GPU.
  promises: {loss: {scaled: 1e-6}, gradient: {absolute: 2e-6}},
  smoothedPromises: {loss: {scaled: 1e-6}, gradient: {absolute: 2e-6}},
  badLabel: 'NaN',
  checksOwnKernels: true,
  place: 'page',
  docs: {
    backend: '`webgl`',
    computes: 'GLSL shaders, float32',
    precision: 'loss 1e-6, gradient 2e-6',
    where: 'browsers with WebGL',
  },
};
