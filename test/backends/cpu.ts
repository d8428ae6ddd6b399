import type {BackendDescription} from './description';

export const cpu: BackendDescription = {
  hosts: ['node', 'chromium', 'firefox'],
  flags: {},
  variants: {},
  startsAnew: false,
  // float64 inside; what remains is the rounding of the results.
  promises: {loss: {ulps: 1}, gradient: {ulps: 2}},
  badLabel: 'throws',
  leakSteps: 2000,
  checksOwnKernels: true,
  bench: {place: 'process'},
  readme: {
    backend: '`cpu`',
    computes: 'JavaScript, float64 inside',
    precision: 'loss 1 ulp, gradient 2 ulp',
    where: 'browsers, Node 18 and later',
  },
};
