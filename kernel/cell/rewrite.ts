import type { AnyNode, ExpressionStatement, ModuleDeclaration, Program, Statement } from "acorn";
import { assignOnly, declareAsLet, namesOf, renameBound } from "./bindings.js";
import { refusal } from "./constants.js";
import { createEdits, type Edits, type Range } from "./edits.js";
import { importText, reexportText } from "./import-text.js";
import { findOuterUses, findVars } from "./scopes.js";
import { walk } from "./walk.js";

export interface RewriteOptions {
  constants: ReadonlySet<string>;
  /** Top-level `using` names: their values are registered for disposal, and every declaration becomes an assignment. */
  using: ReadonlyMap<string, { awaits: boolean }>;
  /** Names to give others, all uses included. */
  rename: ReadonlyMap<string, string>;
  /** The last expression statement is the cell's result. */
  result: boolean;
}

export interface Rewritten {
  /** Imports and functions, all else blank; empty where there are none. */
  hoisted: string;
  /** The rest, imports and functions blanked. Empty where nothing but blank is left. */
  main: string;
  /** Names to declare before `main`. */
  declareFirst: string[];
  hasResult: boolean;
}

/** Turns a module's text into the two scripts of a cell. Lines and, but for the changed words, columns stay. */
export function rewrite(program: Program, code: string, options: RewriteOptions): Rewritten {
  const hoisted = createEdits(code);
  const main = createEdits(code);
  const both: Edits = {
    ...main,
    insert: (at, text) => { hoisted.insert(at, text); main.insert(at, text); },
    replace: (start, end, text) => { hoisted.replace(start, end, text); main.replace(start, end, text); },
  };
  const hoistedRanges: Range[] = [];
  const declareFirst = new Set<string>();
  const inBlock = options.using.size > 0;
  const rename = (name: string) => options.rename.get(name) ?? name;
  const last = options.result ? findResult(program) : undefined;

  if (code.startsWith("#!")) main.replace(0, /[\n\r\u2028\u2029]|$/.exec(code)!.index, "");
  rewriteNames(program, both, options);
  rewriteHost(program, both, code);
  for (const statement of program.body) {
    if (statement === last) wrapResult(last, main, code);
    else rewriteStatement(statement);
  }
  for (const { declaration, inHead } of nestedVars(program)) {
    for (const name of namesOf(declaration)) declareFirst.add(name);
    assignOnly(declaration, main, code, inHead);
    renameBound(declaration, options.rename, main);
  }
  const mainRanges = complement(hoistedRanges, code.length);
  const mainText = main.render(mainRanges, ";");
  const isEmpty = program.body.every((node) => node.type === "EmptyStatement" || hoistedRanges.some(({ start }) => start === node.start));
  return {
    hoisted: hoistedRanges.length ? hoisted.render(hoistedRanges) : "",
    main: isEmpty ? "" : mainText,
    declareFirst: [...declareFirst].map(rename),
    hasResult: last !== undefined,
  };

  function rewriteStatement(node: Statement | ModuleDeclaration): void {
    switch (node.type) {
      case "ImportDeclaration": return hoist(node, importText(node, rename));
      case "ExportAllDeclaration": return hoist(node, reexportText(node));
      case "ExportNamedDeclaration":
        if (node.source) return hoist(node, reexportText(node));
        if (!node.declaration) return both.replace(node.start, node.end, ";");
        both.replace(node.start, node.declaration.start, " ".repeat(node.declaration.start - node.start));
        return rewriteDeclaration(node.declaration, node);
      case "ExportDefaultDeclaration": {
        const { declaration } = node;
        if ((declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration") && declaration.id) {
          both.replace(node.start, declaration.start, " ".repeat(declaration.start - node.start));
          return rewriteDeclaration(declaration as Statement, node);
        }
        main.replace(node.start, declaration.start, "void (");
        return main.insert(expressionEnd(node, code), ");");
      }
      default: return rewriteDeclaration(node, node);
    }
  }

  function rewriteDeclaration(node: Statement, outer: AnyNode): void {
    if (node.type === "FunctionDeclaration") {
      const { name, start, end } = node.id;
      const isRenamed = options.rename.has(name);
      hoisted.insert(node.start, isRenamed ? `let ${rename(name)} = {${name}: ` : `let ${name} = `);
      hoisted.replace(start, end, " ".repeat(name.length));
      hoisted.insert(node.end, isRenamed ? `}.${name};` : ";");
      hoistedRanges.push({ start: outer.start, end: outer.end });
    } else if (node.type === "ClassDeclaration") {
      main.insert(node.start, `${inBlock ? "" : "let "}${rename(node.id.name)} = `);
      main.insert(node.end, ";");
      if (inBlock) declareFirst.add(node.id.name);
    } else if (node.type === "VariableDeclaration" && node.kind !== "var") {
      for (const { id, init } of node.declarations) {
        const use = id.type === "Identifier" ? options.using.get(id.name) : undefined;
        if (!use || !init) continue;
        main.insert(init.start, "__lyceum_use__((");
        main.insert(init.end, `), ${use.awaits})`);
      }
      renameBound(node, options.rename, main);
      if (!inBlock) return declareAsLet(node, main);
      for (const name of namesOf(node)) declareFirst.add(name);
      assignOnly(node, main, code, false);
    }
  }

  function hoist(node: AnyNode, text: string): void {
    hoisted.replace(node.start, node.end, text);
    hoistedRanges.push({ start: node.start, end: node.end });
  }
}

/** Assignments to constants are refused; renamed names are renamed. */
function rewriteNames(program: Program, edits: Edits, { constants, rename }: RewriteOptions): void {
  if (constants.size === 0 && rename.size === 0) return;
  for (const { node, write, shorthand } of findOuterUses(program)) {
    const text = write && constants.has(node.name) ? refusal(node.name, rename.get(node.name)) : rename.get(node.name);
    if (text) edits.replace(node.start, node.end, shorthand ? `${node.name}: ${text}` : text);
  }
}

/** `import(...)` and `import.meta` are the host's; `<!--`, an HTML comment in scripts though not in modules, is taken apart. */
function rewriteHost(program: Program, edits: Edits, code: string): void {
  walk(program, (node) => {
    if (node.type === "ImportExpression") edits.replace(node.start, node.start + "import".length, "__lyceum__.import");
    if (node.type === "MetaProperty" && node.meta.name === "import") edits.replace(node.start, node.end, "__lyceum__.meta");
    if (node.type === "BinaryExpression" && code.startsWith("!--", node.right.start) && code[node.right.start - 1] === "<") edits.insert(node.right.start, " ");
  });
}

/** The last statement, where it is an expression. */
function findResult(program: Program): Statement | ModuleDeclaration | undefined {
  const last = program.body.findLast((node) => node.type !== "EmptyStatement");
  return last?.type === "ExpressionStatement" ? last : undefined;
}

function wrapResult(node: Statement | ModuleDeclaration, edits: Edits, code: string): void {
  edits.insert(node.start, "__lyceum__.result((");
  edits.insert(expressionEnd(node as ExpressionStatement, code), "))");
}

/** Where a statement ends without its semicolon. */
const expressionEnd = (node: AnyNode, code: string) => (code[node.end - 1] === ";" ? node.end - 1 : node.end);

function nestedVars(program: Program): { declaration: ReturnType<typeof findVars>[number]; inHead: boolean }[] {
  const heads = new Set<AnyNode>();
  walk(program, (node) => {
    if (node.type === "ForStatement" && node.init) heads.add(node.init);
    if (node.type === "ForInStatement" || node.type === "ForOfStatement") heads.add(node.left);
  });
  const statements = program.body.map((node) => (node.type === "ExportNamedDeclaration" && node.declaration ? node.declaration : node));
  return statements.flatMap(findVars).map((declaration) => ({ declaration, inHead: heads.has(declaration) }));
}

function complement(ranges: Range[], length: number): Range[] {
  const rest: Range[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    rest.push({ start: at, end: start });
    at = end;
  }
  return [...rest, { start: at, end: length }];
}
