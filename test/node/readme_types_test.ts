/**
 * The README's programs in strict TypeScript, against the packed package, as its users resolve it.
 */
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import {projectBeside} from '../helpers/packed_package';

const FENCED = /^```(?:js|ts|javascript|typescript)\n(.*?)^```/gms;

/** The README's examples in JavaScript and TypeScript, in its order. */
const examples = [...readFileSync('README.md', 'utf8').matchAll(FENCED)].map(([, code]) => code);

const {ModuleKind, ModuleResolutionKind} = ts;
const resolutions: {[name: string]: ts.CompilerOptions} = {
  node16: {module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16},
  bundler: {module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler},
  node10: {module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Node10},
};

describe("the README's examples", () => {
  let project: string;
  let files: string[];

  beforeAll(() => {
    project = projectBeside('@tensorflow/tfjs');
    writeFileSync(path.join(project, 'package.json'), '{"private": true, "type": "module"}');
    files = examples.map((code, i) => {
      const file = path.join(project, `example${i}.ts`);
      writeFileSync(file, code);
      return file;
    });
  });

  afterAll(() => rmSync(project, {recursive: true, force: true}));

  it('are there', () => expect(examples.length).toBeGreaterThan(3));

  for (const [name, resolution] of Object.entries(resolutions)) {
    it(`compile in strict TypeScript, resolved as ${name}`, () => {
      const options: ts.CompilerOptions = {
        ...resolution,
        strict: true,
        skipLibCheck: true, // tfjs's own types; package_types_test.ts checks this package's.
        noEmit: true,
        target: ts.ScriptTarget.ES2022,
        types: [],
      };
      const program = ts.createProgram(files, options);
      const errors = ts.getPreEmitDiagnostics(program);
      expect(ts.formatDiagnostics(errors, ts.createCompilerHost({}))).toBe('');
    });
  }
});
