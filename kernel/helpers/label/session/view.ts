import { labelKey, sessionKey } from "./keys.js";
import type { SessionItem } from "./items.js";
import type { SessionAction } from "./reduce.js";
import { sessionProgress, type SessionState } from "./state.js";

/** All that the page needs to draw the item in view; plain JSON. Bytes of a picture follow in a message of their own. */
export interface SessionView {
  readonly position: number;
  readonly status: string;
  readonly labels: readonly { readonly name: string; readonly key: string; readonly chosen: boolean }[];
  /** `key` as `aria-keyshortcuts` names it, `keyText` as people read it. */
  readonly tools: readonly { readonly text: string; readonly key: string; readonly keyText: string; readonly action: SessionAction }[];
  /** Keys that have a meaning now, as the page names them; "Ctrl+z". */
  readonly keys: readonly string[];
  readonly text: string;
  readonly rows: readonly (readonly [name: string, value: string])[] | null;
  /** Alternative text of a picture; null: no picture. */
  readonly picture: string | null;
  /** `joined`: in the same span as the token before it. `label`: only at the last token of a span. */
  readonly tokens: readonly { readonly text: string; readonly before: string; readonly label: string; readonly marked: boolean; readonly joined: boolean; readonly selected: boolean }[] | null;
  readonly anchor: number;
  readonly words: { readonly title: string; readonly labels: string; readonly dead: string; readonly hint: string };
}

import type { Language } from "../../../display/language.js";

export type { Language };

const words = {
  en: {
    title: "Labelling session", labels: "Labels", hint: "Click here to use the keys", dead: "The kernel has restarted: run the cell again. Labels are kept if you saved the session.",
    undo: "Undo", redo: "Redo", previous: "Back", next: "Next", skip: "Skip", flag: "Flag", clear: "Clear",
    status: (at: number, total: number, done: number) => `Item ${at} of ${total}, ${done} labelled`, skipped: "skipped", flagged: "flagged", picture: (at: number) => `Picture ${at}`,
  },
  zh: {
    title: "标注", labels: "标签", hint: "点击此处即可使用按键", dead: "内核已重启：请重新运行此单元格。已保存的标注不会丢失。",
    undo: "撤销", redo: "重做", previous: "上一个", next: "下一个", skip: "跳过", flag: "存疑", clear: "清除",
    status: (at: number, total: number, done: number) => `第 ${at} 项，共 ${total} 项，已标注 ${done} 项`, skipped: "已跳过", flagged: "已存疑", picture: (at: number) => `图片 ${at}`,
  },
};

const candidates = [..."1234567890abcdefghijklmnopqrstuvwxyz", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter", "Home", "Delete", "Backspace"];

export function viewOf(state: SessionState, item: SessionItem, language: Language): SessionView {
  const say = words[language];
  const answer = state.answers[state.position];
  const { done, total } = sessionProgress(state);
  const marks = [...(answer?.skipped ? [say.skipped] : []), ...(answer?.flagged ? [say.flagged] : [])];
  const [low, high] = [Math.min(state.cursor.anchor, state.cursor.focus), Math.max(state.cursor.anchor, state.cursor.focus)];
  const tool = (type: "undo" | "redo" | "previous" | "next" | "skip" | "flag" | "clear", key: string, keyText = key) => ({ text: say[type], key, keyText, action: { type } as SessionAction });
  return {
    position: state.position,
    status: [say.status(state.position + 1, total, done), ...marks].join(language === "zh" ? "，" : ", "),
    labels: state.labels.map((name, at) => ({ name, key: labelKey(at) ?? "", chosen: answer?.labels.includes(name) ?? false })),
    tools: [tool("previous", "ArrowUp", "↑"), tool("next", "ArrowDown", "↓"), tool("skip", "s"), tool("flag", "f"), tool("clear", "c"), tool("undo", "u"), tool("redo", "Control+y", "Ctrl+Y")],
    keys: [...candidates.filter((key) => sessionKey(state, { key })), ...["z", "y"].map((key) => `Ctrl+${key}`)],
    text: item.text ?? "",
    rows: item.rows ?? null,
    picture: item.picture ? item.picture.alt || say.picture(state.position + 1) : null,
    tokens: state.kind === "spans" ? item.tokens!.map(({ text, before }, at) => {
      const span = answer?.spans.find(({ start, end }) => start <= at && at < end);
      return { text, before, label: span && span.end === at + 1 ? span.label : "", marked: span !== undefined, joined: span !== undefined && span.start < at, selected: low <= at && at <= high };
    }) : null,
    anchor: state.cursor.anchor,
    words: { title: say.title, labels: say.labels, dead: say.dead, hint: say.hint },
  };
}
