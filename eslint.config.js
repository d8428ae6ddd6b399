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
              group: ['@tensorflow/*/dist/**', '@tensorflow/tfjs', '@tensorflow/tfjs-layers'],
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
const noGradients = ban('gradients', 'Gradients are found by name; only register.ts lists them.');
const noRegister = ban('register', 'Only index.ts imports register.ts.');

export default tseslint.config(
  {ignores: ['**/dist/', '.cache/', 'node_modules/']},
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
  {files: ['src/**/*.ts'], rules: {'max-lines': ['error', {max: 150}]}},
  floor(['src/losses/**'], [noKernels, noGradients, noRegister]),
  floor(['src/ops/**'], [noLosses, noKernels, noGradients, noRegister]),
  floor(['src/gradients/**'], [noLosses, noOps, noKernels, noRegister]),
  floor(['src/kernels/**'], [noLosses, noOps, noGradients, noRegister]),
  floor(['src/register.ts'], [noLosses, noOps]),
  floor(
    ['src/kernel_names.ts', 'src/errors.ts', 'src/checks.ts', 'src/to_tensor.ts'],
    [noLosses, noOps, noKernels, noGradients, noRegister],
  ),
  {
    files: ['**/*.cjs'],
    languageOptions: {
      globals: {
        module: 'writable',
        process: 'readonly',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
    rules: {'@typescript-eslint/no-require-imports': 'off'},
  },
  {files: ['examples/**'], languageOptions: {globals: {console: 'readonly', process: 'readonly'}}},
  {
    files: ['test/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        {name: 'fdescribe', message: 'Focused suite.'},
        {name: 'fit', message: 'Focused spec.'},
      ],
    },
  },
);
