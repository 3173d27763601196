import type { MimeBundle } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import { say } from "../../../display/language.js";
import type { Encoding } from "./contract.js";

/** More are told by their number. */
const most = 400;

/** Byte-level tokens write a space as Ġ and a new line as Ċ, which readers take for letters. */
const readable = (token: string): string => token.replaceAll("Ġ", "␣").replaceAll("Ċ", "⏎");

/** Neighbours differ in shade, so that borders are seen without colour; ids below. */
export function showTokens({ ids, tokens, specialTokensMask }: Encoding): MimeBundle {
  const shown = tokens.slice(0, most);
  const rest = tokens.length > most ? say(`… ${(tokens.length - most).toLocaleString("en-US")} more`, `… 另有 ${(tokens.length - most).toLocaleString("en-US")} 个`) : "";
  const chip = (token: string, at: number): string => {
    const look = specialTokensMask[at] ? "border:1px dashed currentColor;opacity:0.7" : `background:${at % 2 ? "rgba(31,119,180,0.30)" : "rgba(31,119,180,0.12)"}`;
    return `<span style="display:inline-block;text-align:center;margin:1px;padding:1px 4px;border-radius:3px;${look}"><span style="white-space:pre">${escape(readable(token))}</span><br><small style="opacity:0.7">${ids[at]}</small></span>`;
  };
  const plain = shown.map((token, at) => `${token}:${ids[at]}`).join(" ");
  return {
    data: {
      "text/plain": `${say(`${tokens.length} tokens: `, `${tokens.length} 个词元：`)}${plain}${rest && ` ${rest}`}`,
      "text/html": `<div role="img" aria-label="${say(`${tokens.length} tokens`, `${tokens.length} 个词元`)}" style="line-height:1.2">${shown.map(chip).join("")}${rest}</div>`,
    },
    metadata: {},
  };
}
