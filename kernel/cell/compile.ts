import { parse, type Program } from "acorn";
import { factsOf } from "./analyze.js";
import { constantsAfter } from "./constants.js";
import { CellSyntaxError, type CellScript, type CompiledCell } from "./contract.js";
import { findDeclarations } from "./declarations.js";
import { findLowered, type Lower } from "./lower.js";
import { ownNames } from "./own-names.js";
import { plainWords } from "./plain-words.js";
import { syntaxError } from "./position.js";
import { privateNames } from "./private-names.js";
import { rewrite } from "./rewrite.js";
import { mapLookup } from "./source-map.js";
import { stripTypes } from "./strip.js";
import { closing, readTokens, type Tokens } from "./tokens.js";
import { plainUsing, usingPrefix, usingSuffix } from "./using.js";

export interface CompileOptions {
  /** For namespaces, decorators, `accessor` and nested `using`; without it they are a CellSyntaxError. */
  lower?: Lower;
  /** Names that earlier cells declared constant (`constantsAfter`). Default: none. */
  constants?: ReadonlySet<string>;
  /**
   * Names of the host that earlier cells declared for themselves (`shadowedAfter`; empty at the start). Such names then live under
   * `runtimeName(name)`. Default: no care is taken, and a cell's `process` hides the real one from every module in the process.
   */
  shadowed?: ReadonlySet<string>;
}

interface JavaScript { code: string; toSource(offset: number): number; map?: string }

/**
 * The scripts of a cell, to be evaluated in order in V8's REPL mode with `awaitPromise` and a global `__lyceum__`
 * (`result(value)`, `import(specifier, options?, names?)`, `meta`). Throws CellSyntaxError.
 *
 * @example compileCell("const a = 1\na + 1").scripts[0].code // "'use strict';void 0;let   a = 1\n__lyceum__.result((a + 1))"
 */
export function compileCell(source: string, options: CompileOptions = {}): CompiledCell {
  if (!/^(?:\s|\/\/.*|\/\*[^]*?\*\/)*\{/.test(source)) return compileText(source, "", options);
  // `{a: 1}` is an object where it can be one; otherwise a block.
  const object = attempt(() => compileText(source, "(", options));
  if (object && isObject(source)) return object;
  try {
    return compileText(source, "", options);
  } catch (error) {
    if (object) return object;
    throw error;
  }
}

/** Is the whole cell one object literal, such as `{a: 1}`? A type checker must then be given `(` + cell + `)`. */
export function isObject(source: string): boolean {
  const read = readTokens(`(${source}\n)`);
  return !read.error && read.tokens[1]?.text === "{" && closing(read.tokens, 1) === read.tokens.length - 2;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function compileText(cell: string, open: "" | "(", options: CompileOptions): CompiledCell {
  const source = open ? `(${cell}\n)` : cell;
  const read = readTokens(source);
  if (read.error) throw fail(read.error.message, source, read.error.offset);
  const facts = factsOf(read);
  checkNames(read);
  const using = plainUsing(read);
  const plain = using.names.size ? readTokens(using.source) : read;
  const js = toJavaScript(plain, options.lower);
  const program = parseModule(js, source);
  const rewritten = rewrite(program, js.code, {
    constants: constantsAfter(options.constants ?? new Set(), facts),
    using: using.names,
    rename: new Map([...(js.map ? privateNames(program, facts, source) : []), ...(options.shadowed ? ownNames(options.shadowed, facts) : [])]),
    result: !endsInDeclaration(read, program, js),
  });
  return { facts, scripts: toScripts(rewritten, using.names.size > 0, open, js.map), hasResult: rewritten.hasResult };
}

function toJavaScript(read: Tokens, lower: Lower | undefined): JavaScript {
  const found = findLowered(read);
  if (!found) return stripTypes(read);
  if (!lower) throw syntaxError(`'${found.what}' cannot run here: it needs a translation that this place does not have`, read.source, found.offset);
  const { code, map } = lower(read.source, { jsx: read.jsx });
  return { code, map, toSource: mapLookup(map, code, read.source) };
}

function parseModule({ code, toSource }: JavaScript, source: string): Program {
  try {
    return parse(code, { ecmaVersion: "latest", sourceType: "module", allowAwaitOutsideFunction: true, allowHashBang: true });
  } catch (error) {
    if (!(error instanceof SyntaxError) || !("pos" in error)) throw error;
    throw fail(error.message, source, toSource(Number(error.pos)));
  }
}

function fail(message: string, source: string, offset: number): CellSyntaxError {
  return syntaxError(plainWords(message, source, offset), source, offset);
}

const reserved = new Map([
  ["undefined", "is a value of the language"], ["NaN", "is a value of the language"], ["Infinity", "is a value of the language"],
  ["__lyceum__", "belongs to the notebook"],
]);

/** A script cannot declare these, though a module could: say so before V8 does, with the place. */
function checkNames(read: Tokens): void {
  for (const { name, typeOnly, token } of findDeclarations(read)) {
    const why = reserved.get(name);
    if (why && !typeOnly) throw syntaxError(`'${name}' ${why} and cannot be declared: choose another name`, read.source, read.tokens[token]!.start);
  }
}

/** The cell's last statement declares a class, namespace or type, though the JavaScript made of it ends in an expression. */
function endsInDeclaration(read: Tokens, program: Program, js: JavaScript): boolean {
  const last = program.body.findLast((node) => node.type !== "EmptyStatement");
  const declared = findDeclarations(read).at(-1);
  if (!last || !declared) return false;
  const start = js.toSource(last.start);
  const { token, typeOnly, kind } = declared;
  if (typeOnly) return start < read.tokens[token]!.start;
  if (!js.map || (kind !== "class" && kind !== "namespace")) return false;
  const brace = read.tokens.findIndex(({ text, isType }, i) => i > token && text === "{" && (kind === "namespace" || !isType));
  return start < read.tokens[closing(read.tokens, brace)]!.end;
}

function toScripts(text: ReturnType<typeof rewrite>, disposes: boolean, open: "" | "(", map: string | undefined): CellScript[] {
  const strict = "'use strict';void 0;";
  const first = text.declareFirst.length ? `let ${text.declareFirst.join(",")};` : "";
  const start = strict + first + (disposes ? usingPrefix : "");
  const scripts: CellScript[] = [];
  const add = (code: string, prefix: number) => scripts.push({ code, prefix, ...(map !== undefined && { map }) });
  if (text.hoisted) add(strict + text.hoisted, strict.length);
  if (text.main) add(start + text.main + (disposes ? usingSuffix : ""), start.length + open.length + (open ? "__lyceum__.result((".length : 0));
  return scripts;
}
