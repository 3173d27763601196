import type { Content, Draft, Request } from "../wire/message.js";
import type { Parent } from "./parents.js";

export interface Stdin {
  /** Ask the client that sent the cell; answers null where it cannot be asked. */
  ask(parent: Parent | undefined, prompt: string, password: boolean): void;
  /** An input_reply arrived. */
  answered(request: Request): void;
  /** The cell ended or its process died: an answer that still comes is stale. */
  forget(): void;
}

/** One question at a time, sent under the identity of the cell's client. */
export function createStdin(send: (identities: Uint8Array[], draft: Draft) => Promise<void>, answer: (value: string | null) => void): Stdin {
  let asked: Parent | undefined;
  return {
    ask(parent, prompt, password) {
      if (!parent?.allowStdin) return answer(null);
      asked = parent;
      const content: Content = { prompt, password };
      send(parent.identities, { type: "input_request", parent: parent.header, content }).catch(() => {
        if (asked !== parent) return;
        asked = undefined;
        answer(null); // the client is gone
      });
    },
    answered({ content, identities }) {
      if (!asked || !same(asked.identities, identities)) return;
      asked = undefined;
      answer(typeof content.value === "string" ? content.value : null);
    },
    forget: () => void (asked = undefined),
  };
}

function same(left: Uint8Array[], right: Uint8Array[]): boolean {
  return left.length === right.length && left.every((frame, index) => Buffer.from(frame).equals(right[index] ?? new Uint8Array()));
}
