/**
 * The types as editors show them. `export const f = op({f_})` has its docs on f and its signatures
 * on f_, so that help for a call would show no docs and the name f_. In the built .d.ts each
 * signature becomes one of f itself, under the docs of f; a namespace gets the name it is exported
 * by.
 */
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Rewrites the .d.ts and .d.cts files of a folder. Doing it again changes nothing. */
export function writePublicTypes(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!/\.d\.c?ts$/.test(name)) continue;
    const file = path.join(folder, name);
    // These files have no source maps.
    const code = readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*/, '');
    writeFileSync(file, toPublicTypes(code));
  }
}

function toPublicTypes(code: string): string {
  const source = ts.createSourceFile('types.d.ts', code, ts.ScriptTarget.Latest, true);
  const edits = [...signatureEdits(source), ...namespaceEdits(source)];
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);
}

/**
 * `const f: typeof f_` and the property `f: typeof f_` become the signatures of f_, and f_ goes.
 */
function signatureEdits(source: ts.SourceFile): Edit[] {
  const edits: Edit[] = [];
  const overloadsOf = (name: string) =>
    source.statements.filter(
      (node): node is ts.FunctionDeclaration =>
        ts.isFunctionDeclaration(node) && node.name?.text === name,
    );

  function replace(node: ts.Node, name: string, type: ts.TypeNode | undefined, keyword = ''): void {
    if (type === undefined || !ts.isTypeQueryNode(type)) return;
    const overloads = overloadsOf(type.exprName.getText());
    const docs = source.text.slice(node.getStart(source, true), node.getStart());
    const signatures = overloads.map(
      (each) => `${docs}${keyword}${name}${source.text.slice(each.name?.end, each.end)}`,
    );
    if (signatures.length === 0) return;
    edits.push({start: node.getStart(source, true), end: node.end, text: signatures.join('\n')});
    for (const overload of overloads) {
      edits.push({start: overload.getFullStart(), end: overload.end, text: ''});
    }
  }

  function visit(node: ts.Node): void {
    if (ts.isVariableStatement(node)) {
      const [{name, type}] = node.declarationList.declarations;
      replace(node, name.getText(), type, 'declare function ');
    } else if (ts.isPropertySignature(node)) {
      const name = node.name.getText();
      replace(node, name, node.type);
      if (node.type && ts.isFunctionTypeNode(node.type)) edits.push(asMethod(node, node.type));
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return edits;
}

/** `f: (a: A) => B` becomes `f(a: A): B`: only a method has its docs in the help for a call. */
function asMethod({name}: ts.PropertySignature, {parameters, type}: ts.FunctionTypeNode): Edit {
  const list = parameters.map((parameter) => parameter.getText()).join(', ');
  const text = `${name.getText()}(${list}): ${type.getText()}`;
  return {start: name.parent.getStart(), end: type.end, text};
}

/** `namespace a {...} export {a as b}` becomes `namespace b {...} export {b}`. */
function namespaceEdits(source: ts.SourceFile): Edit[] {
  const namespaces = source.statements.filter(ts.isModuleDeclaration);
  const specifiers = source.statements
    .filter(ts.isExportDeclaration)
    .flatMap(({exportClause}) =>
      exportClause && ts.isNamedExports(exportClause) ? [...exportClause.elements] : [],
    );
  return specifiers.flatMap((specifier) => {
    const {propertyName, name} = specifier;
    const namespace = namespaces.find((each) => each.name.text === propertyName?.text);
    if (namespace === undefined) return [];
    return [specifier, namespace.name].map((node) => ({
      start: node.getStart(),
      end: node.end,
      text: name.text,
    }));
  });
}
