import type { MimeBundle } from "../display/contract.js";
import { currentCell } from "./context.js";
import type { Output } from "./output.js";
import type { CellRunner } from "./run.js";

/** Calls from cells to the trusted side: `check(id)` and its like. */
export interface Services {
  /** Ask and show the answer in the cell that asked. Rejects with the service's message. */
  call(name: string, argument: unknown): Promise<void>;
  answer(id: number, bundle: MimeBundle | undefined, error: string | undefined): void;
}

export function createServices(output: Output, runner: CellRunner): Services {
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void; show: (bundle: MimeBundle) => void }>();
  let next = 0;
  return {
    call(name, argument) {
      const id = ++next;
      const cell = currentCell();
      const display = runner.display();
      return new Promise((resolve, reject) => {
        const show = (bundle: MimeBundle): void => {
          if (!cell.cancelled) display.bundle(bundle.data, bundle.metadata);
        };
        waiting.set(id, { resolve, reject, show });
        output.send({ type: "service", id, name, argument });
      });
    },
    answer(id, bundle, error) {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (!asked) return;
      if (bundle) {
        asked.show(bundle);
        asked.resolve();
      } else asked.reject(new Error(error));
    },
  };
}
