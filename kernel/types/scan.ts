/** A lenient reading of unfinished code: no parser accepts `tf.` or an open bracket, and completion is asked for exactly there. */

export interface Masked {
  /** The source with the inside of strings, comments and regular text of templates blanked; same length. */
  code: string;
  /** Start and end (exclusive) of each string's inside; end is the source's length where it is not closed. */
  strings: { start: number; end: number; quote: string }[];
}

export function mask(source: string): Masked {
  const out = source.split("");
  const strings: Masked["strings"] = [];
  const blank = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (out[i] !== "\n") out[i] = " ";
  };
  /** Brace depth at which each open template's `${` began. */
  const templates: number[] = [];
  let depth = 0;
  let at = 0;
  const template = (from: number): number => {
    let end = from;
    while (end < source.length && source[end] !== "`" && !(source[end] === "$" && source[end + 1] === "{")) {
      end += source[end] === "\\" ? 2 : 1;
    }
    blank(from, Math.min(end, source.length));
    if (source[end] !== "$") return end + 1;
    templates.push(depth++);
    return end + 2;
  };
  while (at < source.length) {
    const here = source[at]!;
    const two = source.slice(at, at + 2);
    if (two === "//" || two === "/*") {
      const stop = two === "//" ? source.indexOf("\n", at) : source.indexOf("*/", at + 2);
      const end = stop < 0 ? source.length : two === "//" ? stop : stop + 2;
      blank(at, end);
      at = end;
    } else if (here === '"' || here === "'") {
      let end = at + 1;
      while (end < source.length && source[end] !== here && source[end] !== "\n") end += source[end] === "\\" ? 2 : 1;
      end = Math.min(end, source.length);
      strings.push({ start: at + 1, end, quote: here });
      blank(at + 1, end);
      at = end + 1;
    } else if (here === "`") {
      at = template(at + 1);
    } else if (here === "}" && templates.at(-1) === depth - 1) {
      templates.pop();
      depth--;
      at = template(at + 1);
    } else {
      if (here === "{") depth++;
      if (here === "}") depth--;
      at++;
    }
  }
  return { code: out.join(""), strings };
}

const identifier = /[\p{ID_Start}_$][\p{ID_Continue}$]*/gu;

/** Names the source seems to declare at its top level. May name too many (inside a pattern), never matters for hints. */
export function declaredNames(source: string): Set<string> {
  const { code } = mask(source);
  const names = new Set<string>();
  const statement = /\b(const|let|var|using|function\s*\*?|class|enum|namespace|module|interface|type|import)\s+/g;
  for (let found = statement.exec(code); found; found = statement.exec(code)) {
    if (nesting(code, found.index) > 0) continue;
    const rest = code.slice(statement.lastIndex);
    const list = /^(const|let|var|using|import)$/.test(found[1]!);
    const head = list ? rest.split(found[1] === "import" ? /\bfrom\b|[;\n](?![^{]*})/ : /;/)[0]! : rest.slice(0, 80);
    for (const name of list ? patternNames(head) : head.match(identifier)?.slice(0, 1) ?? []) names.add(name);
  }
  return names;
}

/** The names bound by `a = 1, { b, c: d } = e` or by an import clause: identifiers before `=`, not before `:` inside braces. */
function patternNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let bound = true;
  for (const token of text.matchAll(/[\p{ID_Start}_$][\p{ID_Continue}$]*|\S/gu)) {
    const [word] = token;
    if ("([{".includes(word)) depth++;
    else if (")]}".includes(word)) depth--;
    else if (word === "=" || (word === ":" && depth === 0)) bound = false;
    else if (word === "," && depth === 0) bound = true;
    else if (bound && /^[\p{ID_Start}_$]/u.test(word) && !/^\s*(:(?!:)|\bas\b)/.test(depth > 0 ? text.slice((token.index ?? 0) + word.length) : "")) names.push(word);
    if (depth === 0 && /^\s*\n\s*[\p{ID_Start}_$]/u.test(text.slice((token.index ?? 0) + word.length)) && !/[=,:+\-*/&|?(<.]/.test(word)) break;
  }
  return names.filter((name) => !/^(as|type|from|typeof)$/.test(name));
}

function nesting(code: string, end: number): number {
  let depth = 0;
  for (let i = 0; i < end; i++) {
    if ("{([".includes(code[i]!)) depth++;
    else if ("})]".includes(code[i]!)) depth--;
  }
  return depth;
}

/** Start of the identifier that ends at the offset; the offset itself where there is none. */
export function identifierStart(source: string, offset: number): number {
  let start = offset;
  while (start > 0 && /[\p{ID_Continue}$]/u.test(source[start - 1]!)) start--;
  return start;
}

/** Where the called name ends, for an offset inside a call's parentheses; undefined outside every call. */
export function enclosingCall(source: string, offset: number): number | undefined {
  const { code } = mask(source);
  let depth = 0;
  for (let i = offset - 1; i >= 0; i--) {
    const here = code[i]!;
    if (")]}".includes(here)) depth++;
    else if ("([{".includes(here) && depth-- === 0) {
      depth = 0;
      const before = code.slice(0, i).replace(/<[^<>()]*>$/, "").trimEnd();
      if (here === "(" && /[\p{ID_Continue}$]$/u.test(before) && !/\b(if|while|for|switch|catch|return)$/.test(before)) return before.length;
    }
  }
  return undefined;
}
