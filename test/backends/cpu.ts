import type {BackendDescription} from './description';

export const cpu: BackendDescription = {
  hosts: ['node', 'firefox', 'webkit'], // Chromium has Node's engine of JavaScript.
  flags: {},
  variants: {},
  startsAnew: false,
  // float64 inside; what remains is the rounding of the results.
  promises: {loss: {ulps: 1}, gradient: {ulps: 2}},
  smoothedPromises: {loss: {scaled: 2e-7}, gradient: {ulps: 0.5, absolute: 6.2e-8}},
  badLabel: 'throws',
  checksOwnKernels: true,
  place: 'process',
  docs: {
    backend: '`cpu`',
    computes: 'JavaScript, float64 inside',
    precision: 'loss 1 ulp, gradient 2 ulp',
    where: 'browsers, Node 18 and later',
  },
};
