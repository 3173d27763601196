import { isUsing } from "./declarations.js";
import type { Tokens } from "./tokens.js";

/** Top-level `using` declarations, turned into `const` of the same width; disposal is added to the script (`usingPrefix`). */
export function plainUsing({ source, tokens }: Tokens): { source: string; names: Map<string, { awaits: boolean }> } {
  const names = new Map<string, { awaits: boolean }>();
  let text = source;
  tokens.forEach((token, i) => {
    if (token.depth > 0 || token.isType || !isUsing(tokens, i)) return;
    const before = tokens[i - 1];
    const awaits = before?.text === "await";
    for (let at = i + 1; at < tokens.length; at++) {
      // Each declarator starts after the keyword or after a comma and declares a plain name.
      if (tokens[at]!.depth === 0 && tokens[at]!.role === 2 && (at === i + 1 || tokens[at - 1]!.text === ",")) names.set(tokens[at]!.text, { awaits });
      if (tokens[at]!.text === ";" || (tokens[at]!.afterNewline && at > i + 1 && tokens[at - 1]!.text !== ",")) break;
    }
    text = text.slice(0, token.start) + "const" + text.slice(token.end);
    if (awaits) text = text.slice(0, before.start) + "     " + text.slice(before.end);
  });
  return { source: text, names };
}

// One block around the script: resources are disposed in reverse order when it ends, by an error too, as at a module's end.
export const usingPrefix = "{const __lyceum_using__=[];let __lyceum_failed__;const __lyceum_use__=(v,a)=>{if(v==null){if(a)__lyceum_using__.push([]);return v}" +
  'const d=(a?v[Symbol.asyncDispose??Symbol.for("Symbol.asyncDispose")]:void 0)??v[Symbol.dispose??Symbol.for("Symbol.dispose")];' +
  'if(typeof d!=="function")throw new TypeError("using needs a value with a Symbol.dispose method");__lyceum_using__.push([v,d,a]);return v};try{';

export const usingSuffix = "\n}catch(e){__lyceum_failed__={e}}finally{while(__lyceum_using__.length){const[v,d,a]=__lyceum_using__.pop();" +
  "try{const p=d?.call(v);if(a)await p}catch(e){__lyceum_failed__={e:!__lyceum_failed__?e:typeof SuppressedError===\"function\"?" +
  "new SuppressedError(e,__lyceum_failed__.e):Object.assign(new Error(\"An error was suppressed during disposal\"),{name:\"SuppressedError\",error:e,suppressed:__lyceum_failed__.e})}}}" +
  "if(__lyceum_failed__)throw __lyceum_failed__.e}}";
