import type { Debugger } from "node:inspector";
import type { Inspector } from "./inspector.js";

/**
 * Breakpoints at every place of the functions that a step came from, held while the step passes over code that is not the
 * learner's. V8 now and then loses a step inside Node's own functions, which it cannot be told to leave out (their scripts
 * belong to no context): the program would run to its end.
 */
export interface Net {
  spread(calls: readonly Debugger.CallFrame[]): Promise<void>;
  /** Of the breakpoints that were hit, the learner's own. */
  withoutOwn(hit: readonly string[]): string[];
  lift(): void;
  /** The process is gone, or all breakpoints are. */
  forget(): void;
}

/** More places than a function written by hand has. */
const most = 500;

export function createNet(inspector: () => Inspector): Net {
  const held: string[] = [];
  let spreading: Promise<void> | undefined;

  async function cover({ functionLocation }: Debugger.CallFrame): Promise<void> {
    const { locations } = await inspector().post<Debugger.GetPossibleBreakpointsReturnType>("Debugger.getPossibleBreakpoints", { start: functionLocation, restrictToFunction: true });
    const set = ({ scriptId, lineNumber, columnNumber }: Debugger.BreakLocation): Promise<void> =>
      inspector()
        .post<Debugger.SetBreakpointReturnType>("Debugger.setBreakpoint", { location: { scriptId, lineNumber, columnNumber } })
        .then(({ breakpointId }) => void held.push(breakpointId), () => {}); // where the learner has one there is nothing to do
    await Promise.all(locations.slice(0, most).map(set));
  }

  function remove(): void {
    for (const breakpointId of held.splice(0)) inspector().post("Debugger.removeBreakpoint", { breakpointId }).catch(() => {});
  }

  return {
    async spread(calls) {
      const functions = new Map(calls.map((call) => [JSON.stringify(call.functionLocation), call]));
      spreading ??= Promise.all([...functions.values()].map(cover)).then(() => {}, () => {});
      await spreading;
    },
    withoutOwn: (hit) => hit.filter((id) => !held.includes(id)),
    lift() {
      remove();
      void spreading?.then(remove); // an interrupt may come while it is being spread
      spreading = undefined;
    },
    forget() {
      held.length = 0;
      spreading = undefined;
    },
  };
}
