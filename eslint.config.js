// The floors of docs/design.md, enforced: who may import whom.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** One floor: `files` must import nothing that matches `forbidden`. */
function floor(files, forbidden) {
  return {
    files,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            ...forbidden,
            {
              group: ['@tensorflow/tfjs-backend-*', '@tensorflow/tfjs-node*'],
              allowTypeImports: true,
              message: 'Backends are types only: the one run-time import is tfjs-core.',
            },
            {
              group: [
                '@tensorflow/*/dist/**',
                '@tensorflow/tfjs',
                '@tensorflow/tfjs-converter',
                '@tensorflow/tfjs-layers',
              ],
              message: 'Only public entries of tfjs-core.',
            },
          ],
        },
      ],
    },
  };
}

const ban = (folder, message) => ({regex: `(^|/)${folder}(/|$)`, message});
const noLosses = ban('losses', 'Only index.ts and losses/ see losses.');
const noOps = ban('ops', 'Kernels and gradients do not know ops.');
const noKernels = ban('kernels', 'Kernels are found by name; only register.ts lists them.');
const noGradients = ban('gradients', 'Only ops, losses, layers and register.ts see gradients.');
const noRegister = ban('register', 'Only entries import register.ts.');
const noEntries = ban('(layers|converter|index)', 'Nothing imports an entry but its users.');

export default tseslint.config(
  {ignores: ['**/dist/', 'docs/api/', '.cache/', 'node_modules/']},
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
  {files: ['src/**/*.ts'], rules: {'max-lines': ['error', {max: 150}]}},
  floor(['src/losses/**'], [noKernels, noRegister, noEntries]),
  floor(['src/ops/**'], [noLosses, noKernels, noRegister, noEntries]),
  floor(['src/gradients/**'], [noLosses, noOps, noKernels, noRegister, noEntries]),
  floor(['src/kernels/**'], [noLosses, noOps, noGradients, noRegister, noEntries]),
  floor(['src/register.ts'], [noLosses, noOps, noEntries]),
  floor(['src/layers/**'], [noLosses, noKernels, noRegister, noEntries]),
  floor(['src/layers/index.ts', 'src/converter.ts'], [noLosses, noKernels, noGradients]),
  floor(
    [
      'src/arguments/**',
      'src/kernel_names.ts',
      'src/run_kernels.ts',
      'src/errors.ts',
      'src/shared.ts',
    ],
    [noLosses, noOps, noKernels, noGradients, noRegister, noEntries],
  ),
  {
    files: ['karma.conf.js', 'test/helpers/karma_summary.js', 'examples/**'],
    languageOptions: {globals: {console: 'readonly', process: 'readonly'}},
  },
  {
    files: ['test/**/*.ts'],
    languageOptions: {parserOptions: {projectService: true}},
    rules: {
      // A matcher that nobody awaits cannot fail.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      'no-restricted-globals': [
        'error',
        {name: 'fdescribe', message: 'Focused suite.'},
        {name: 'fit', message: 'Focused spec.'},
      ],
    },
  },
);
