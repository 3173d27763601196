import { Role, type Token } from "./tokens.js";

/** Module names of static imports and re-exports, and of `import("m")` and `require("m")`, each once, in order. */
export function findImports(tokens: Token[]): string[] {
  const found = new Set<string>();
  tokens.forEach((token, i) => {
    if (token.kind !== "string") return;
    const before = tokens[i - 1]?.text;
    const word = tokens[i - 2];
    const isStatic = before === "import" || (before === "from" && isFrom(tokens, i - 1));
    const isCall = before === "(" && !token.isType && (word?.text === "import" || (word?.text === "require" && tokens[i - 3]?.text !== "."));
    if (isStatic || isCall) found.add(unquote(token.text));
  });
  return [...found];
}

function isFrom(tokens: Token[], i: number): boolean {
  return tokens[i]!.kind === "name" && tokens[i]!.role !== Role.Access && tokens[i]!.role !== Role.ObjectKey;
}

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, "$1");
}
