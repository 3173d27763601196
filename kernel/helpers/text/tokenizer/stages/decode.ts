import type { Stage } from "../contract.js";
import { fromByteLetters } from "./bytes.js";
import { patternOf } from "./pattern.js";

type Decoder = (tokens: string[]) => string[];

/** English that was cut apart by BERT put together again. */
const tidy = (text: string): string =>
  [[" .", "."], [" ?", "?"], [" !", "!"], [" ,", ","], [" ' ", "'"], [" n't", "n't"], [" 'm", "'m"], [" do not", " don't"], [" 's", "'s"], [" 've", "'ve"], [" 're", "'re"]]
    .reduce((now, [from, to]) => now.replaceAll(from!, to!), text);

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function byteFallback(tokens: string[]): string[] {
  const out: string[] = [];
  let waiting: number[] = [];
  const flush = (): void => {
    if (waiting.length === 0) return;
    try {
      out.push(strict.decode(Uint8Array.from(waiting)));
    } catch {
      // What is no UTF-8 becomes one mark a byte.
      out.push(...waiting.map(() => "\ufffd"));
    }
    waiting = [];
  };
  for (const token of tokens) {
    const byte = /^<0x([0-9A-Fa-f]{2})>$/.exec(token);
    if (byte) waiting.push(Number.parseInt(byte[1]!, 16));
    else {
      flush();
      out.push(token);
    }
  }
  flush();
  return out;
}

const kinds: Record<string, (stage: Stage) => Decoder> = {
  ByteLevel: () => (tokens) => [fromByteLetters(tokens)],
  WordPiece: ({ prefix = "##", cleanup = true }) => (tokens) => tokens.map((token, at) => {
    const joined = at === 0 ? token : token.startsWith(String(prefix)) ? token.slice(String(prefix).length) : ` ${token}`;
    return cleanup ? tidy(joined) : joined;
  }),
  Metaspace: ({ replacement = "▁", prepend_scheme, add_prefix_space }) => {
    const leads = (prepend_scheme ?? (add_prefix_space === false ? "never" : "always")) !== "never";
    return (tokens) => tokens.map((token, at) => token.replaceAll(String(replacement), at === 0 && leads ? "" : " "));
  },
  BPEDecoder: ({ suffix = "</w>" }) => (tokens) => tokens.map((token, at) => token.replaceAll(String(suffix), at === tokens.length - 1 ? "" : " ")),
  Fuse: () => (tokens) => [tokens.join("")],
  ByteFallback: () => byteFallback,
  Replace: ({ pattern, content }) => (tokens) => tokens.map((token) => token.replace(patternOf(pattern), () => String(content))),
  Strip: ({ content, start = 0, stop = 0 }) => (tokens) => tokens.map((token) => {
    const letters = Array.from(token);
    let [from, to] = [0, letters.length];
    while (from < Number(start) && letters[from] === content) from++;
    while (letters.length - to < Number(stop) && to > from && letters[to - 1] === content) to--;
    return letters.slice(from, to).join("");
  }),
  Sequence: ({ decoders }) => {
    const all = (decoders as Stage[]).map(make);
    return (tokens) => all.reduce((now, one) => one(now), tokens);
  },
};

function make(stage: Stage): Decoder {
  const kind = kinds[stage.type];
  if (!kind) throw new TypeError(`unknown decoder: ${stage.type} (known: ${Object.keys(kinds).join(", ")})`);
  return kind(stage);
}

/** Tokens to text; without a decoder they are joined by spaces. */
export function decoder(stage: Stage | null): (tokens: string[]) => string {
  if (stage === null || stage === undefined) return (tokens) => tokens.join(" ");
  const chain = make(stage);
  return (tokens) => chain(tokens).join("");
}
