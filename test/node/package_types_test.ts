/** The packed types, in a project that has tfjs-core and nothing else. */
import {rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import {entries, manifest} from '../../scripts/entries';
import {projectBeside} from '../helpers/packed_package';

/** Uses the types as a TypeScript user would. */
const CONSUMER = `
  import * as tf from '@tensorflow/tfjs-core';
  import {losses, rawOps, sparseSoftmaxCrossEntropyWithLogits} from '${manifest.name}';
  ${entries.map(({specifier}, i) => `export * as entry${i} from '${specifier}';`).join('\n')}

  const labels = tf.tensor1d([0], 'int32');
  const features = tf.tensor2d([[1, 2]]);
  export const loss: tf.Tensor = sparseSoftmaxCrossEntropyWithLogits(labels, features);
  export const both: [tf.Tensor1D, tf.Tensor2D] =
    rawOps.sparseSoftmaxCrossEntropyWithLogits({features, labels});
  export const step = () => tf.train.sgd(1).minimize(() => losses.sparseSoftmaxCrossEntropy([0], features));
  // @ts-expect-error: types are there at all.
  sparseSoftmaxCrossEntropyWithLogits(labels);
`;

describe('the packed types', () => {
  let project: string;

  beforeAll(() => {
    project = projectBeside('@tensorflow/tfjs-core');
  });

  afterAll(() => rmSync(project, {recursive: true, force: true}));

  function compile(files: string[], options: ts.CompilerOptions): ts.Program {
    const consumers = files.map((file) => path.join(project, file));
    for (const consumer of consumers) writeFileSync(consumer, CONSUMER);
    const rest = {strict: true, skipLibCheck: false, noEmit: true, target: ts.ScriptTarget.ES2022};
    const host = ts.createCompilerHost(options);
    host.getCurrentDirectory = () => project; // Where @types are looked for.
    return ts.createProgram(consumers, {...rest, ...options}, host);
  }

  const errorsOf = (program: ts.Program) =>
    ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), ts.createCompilerHost({}));

  it('check as an ES module and as CommonJS, down to every line of theirs', () => {
    const options = {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    };
    expect(errorsOf(compile(['consumer.mts', 'consumer.cts'], options))).toBe('');
  });

  it('check where TypeScript does not read `exports`', () => {
    const options = {
      module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Node10,
    };
    expect(errorsOf(compile(['consumer.ts'], options))).toBe('');
  });

  it('check in a bundle, and show on hover what a thing is and what its arguments are', () => {
    const options = {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    };
    const program = compile(['consumer.ts'], options);
    expect(errorsOf(program)).toBe('');

    const checker = program.getTypeChecker();
    const consumer = program.getSourceFile(path.join(project, 'consumer.ts')) as ts.SourceFile;
    const undocumented: string[] = [];
    let numFunctions = 0;

    function visit(name: string, alias: ts.Symbol): void {
      const isAlias = alias.flags & ts.SymbolFlags.Alias;
      const symbol = isAlias ? checker.getAliasedSymbol(alias) : alias;
      if (symbol.flags & ts.SymbolFlags.Module) {
        for (const member of checker.getExportsOfModule(symbol))
          visit(`${name}.${member.name}`, member);
        return;
      }
      if (symbol.getDocumentationComment(checker).length === 0) undocumented.push(name);
      if (!(symbol.flags & ts.SymbolFlags.Value)) return;
      const type = checker.getTypeOfSymbol(symbol);
      const [signature] = type.getCallSignatures();
      if (signature !== undefined) {
        numFunctions++;
        const documented = symbol.getJsDocTags(checker).map(({text}) => text?.[0].text);
        for (const {name: argument} of signature.parameters) {
          if (!documented.includes(argument)) undocumented.push(`${name}: ${argument}`);
        }
      } else if (ts.isVariableDeclaration(symbol.valueDeclaration as ts.Declaration)) {
        if (checker.typeToString(type).startsWith('{')) {
          for (const member of type.getProperties()) visit(`${name}.${member.name}`, member);
        }
      }
    }

    for (const entry of checker.getExportsOfModule(
      checker.getSymbolAtLocation(consumer) as ts.Symbol,
    )) {
      if (entry.name.startsWith('entry')) visit(entry.name, entry);
    }
    expect(undocumented).toEqual([]);
    expect(numFunctions).toBeGreaterThan(0);
  });
});
