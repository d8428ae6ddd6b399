/** The packed package in an editor: on hover, and as help while a call is typed. */
import {rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import {entries} from '../../scripts/entries';
import {projectBeside} from '../helpers/packed_package';

const IMPORTS = entries
  .map(({specifier}, i) => `import * as entry${i} from '${specifier}';`)
  .join('\n');

describe('an editor beside the packed types', () => {
  let project: string;
  let file: string;
  let code = IMPORTS;
  let version = 0;
  let service: ts.LanguageService;

  beforeAll(() => {
    project = projectBeside('@tensorflow/tfjs-core');
    file = path.join(project, 'typed.ts');
    writeFileSync(file, code);
    const options = {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
    };
    service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [file],
      getScriptVersion: (name) => (name === file ? `${version}` : '0'),
      getScriptSnapshot: (name) => {
        const text = name === file ? code : ts.sys.readFile(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => project,
      getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
      readFile: (name) => ts.sys.readFile(name),
      fileExists: (name) => ts.sys.fileExists(name),
      directoryExists: (name) => ts.sys.directoryExists(name),
    });
  });

  afterAll(() => rmSync(project, {recursive: true, force: true}));

  /** Every function that users call, as an expression: 'entry0.losses.getLosses'. */
  function publicFunctions(): string[] {
    const program = service.getProgram()!;
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(file)!;
    const names: string[] = [];

    function visit(name: string, type: ts.Type): void {
      if (type.getCallSignatures().length > 0) names.push(name);
      else if (type.getConstructSignatures().length > 0) {
        const [constructed] = type.getConstructSignatures();
        if (!name.endsWith('Error')) visit(`new ${name}()`, constructed.getReturnType());
      } else if (type.flags & ts.TypeFlags.Object && !checker.isArrayType(type)) {
        for (const property of checker.getPropertiesOfType(type)) {
          const isPrivate =
            ts.getCombinedModifierFlags(property.valueDeclaration ?? source) &
            ts.ModifierFlags.Private;
          if (!isPrivate) visit(`${name}.${property.name}`, checker.getTypeOfSymbol(property));
        }
      }
    }

    for (const {importClause} of source.statements.filter(ts.isImportDeclaration)) {
      const {name} = importClause!.namedBindings as ts.NamespaceImport;
      visit(name.text, checker.getTypeAtLocation(name));
    }
    return names;
  }

  /** The text of help is in parts. */
  const text = (parts: ts.SymbolDisplayPart[] | undefined) => ts.displayPartsToString(parts);

  it('says of each function and of each argument what it is', () => {
    const functions = publicFunctions();
    expect(functions).toContain('entry0.sparseSoftmaxCrossEntropyWithLogits');
    expect(functions).toContain('entry0.losses.computeWeightedLoss');
    expect(functions).toContain('new entry0.losses.Graph().asDefault');
    const silent: string[] = [];

    for (const name of functions) {
      code = `${IMPORTS}\n${name}(`;
      version++;
      const end = code.length;
      const hover = service.getQuickInfoAtPosition(file, end - 2);
      const shown = text(hover?.displayParts);
      if (text(hover?.documentation) === '') silent.push(`${name}, on hover`);
      if (!shown.includes(name.split('.').at(-1)!)) silent.push(`${name}, its name on hover`);

      const help = service.getSignatureHelpItems(file, end, undefined);
      expect(help?.items.length).withContext(name).toBeGreaterThan(0);
      for (const [i, item] of (help?.items ?? []).entries()) {
        if (text(item.documentation) === '') silent.push(`${name}, overload ${i}`);
        for (const parameter of item.parameters) {
          if (text(parameter.documentation) === '') {
            silent.push(`${name}, overload ${i}: ${parameter.name}`);
          }
        }
        // An underscore or a $ ends the names that the source and the bundler keep to themselves.
        const all = `${shown} ${text(item.prefixDisplayParts)} ${text(item.suffixDisplayParts)}`;
        expect(all).not.toMatch(/\w_\b|\$\d|_exports/);
      }
    }
    expect(silent).toEqual([]);
  });

  it('names the namespace of the losses as users import it', () => {
    code = `${IMPORTS}\nentry0.losses`;
    version++;
    const hover = service.getQuickInfoAtPosition(file, code.length - 1);
    expect(text(hover?.displayParts)).toMatch(/losses$/);
    expect(text(hover?.displayParts)).not.toContain('_');
  });
});
