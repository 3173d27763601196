import type { Debugger, Runtime } from "node:inspector";
import { threadId, type DebugEvent, type Place } from "./contract.js";
import { isCaught } from "./exceptions.js";
import type { Inspector } from "./inspector.js";
import { createNet } from "./net.js";
import type { ScriptPosition, Sources } from "./sources.js";

/** A frame of the learner's code. */
export interface Frame {
  /** New at every stop: the front end shows a frame that it knows not again. */
  id: number;
  name: string;
  place: Place;
  call: Debugger.CallFrame;
}

export interface Pause {
  frames: Frame[];
  /** All of V8's frames, the kernel's and Node's too. */
  calls: Debugger.CallFrame[];
  /** As it was told. */
  told: Record<string, unknown>;
  /** The front end has been told since that the program is paused. */
  known?: boolean;
}

export type Step = "resume" | "stepOver" | "stepInto" | "stepOut";

/** Where the program stands, and what makes it go on. Stops outside the learner's code are passed over. */
export interface Pauses {
  current(): Pause | undefined;
  frame(id: unknown): Frame | undefined;
  onPaused(params: Debugger.PausedEventDataType): Promise<void>;
  onResumed(): void;
  go(step: Step): Promise<void>;
  /** Nothing runs any more: a pause that was asked for and did not come is not wanted. */
  ended(): void;
  /** Stop at the learner's next line. */
  pause(): Promise<void>;
  /** Stop once, here. */
  armAt(place: ScriptPosition): Promise<void>;
  /** Whether it is paused, for the front end that asks: from now on it knows. */
  isKnown(): boolean;
  /**
   * Tell the stop once more where it came behind the front end's last look. JupyterLab, when it takes up a notebook,
   * asks for the state, sets the breakpoints, and then empties its call stack where nothing was paused when it asked.
   */
  tellAgain(): void;
  /** After an evaluation: the front end reads variables anew only where the frames have new ids. */
  renumber(): void;
  /** The program goes on, or is gone; the front end is told. Gives what was paused. */
  release(): Pause | undefined;
  /** Forget without a word: no debugger is attached any more. */
  reset(): void;
}

export type Emit = (event: DebugEvent["event"], body?: Record<string, unknown>) => void;

/** Stops in foreign code that a single step or pause may cost before it counts as running. */
const patience = 3000;

export function createPauses(inspector: () => Inspector, sources: Sources, emit: Emit, onlyUncaught: () => boolean, afterStop: (step: Step | undefined) => void): Pauses {
  let pause: Pause | undefined;
  let frameId = 0;
  let last: Step | undefined;
  let pausing = false;
  let passed = 0;
  /** V8's name of a breakpoint that is for one run only. */
  let once: string | undefined;
  const net = createNet(inspector);

  const post = (step: Step): void => void inspector().post(`Debugger.${step}`).catch(() => {}); // a runner that ended meanwhile is told elsewhere

  function framesOf(calls: readonly Debugger.CallFrame[]): Frame[] {
    return calls.flatMap((call) => {
      const place = sources.placeOf({ url: call.url, line: call.location.lineNumber, column: call.location.columnNumber ?? 0 });
      return place ? [{ id: ++frameId, name: call.functionName || (isTop(call) ? "(cell)" : "(anonymous)"), place, call }] : [];
    });
  }

  /** What to do at a stop that the learner should not see; undefined where they should. */
  function passOver({ callFrames: calls, reason }: Debugger.PausedEventDataType, frames: readonly Frame[]): Step | undefined {
    if (reason === "OOM") return "resume"; // V8 stops before memory runs out; what happens then is told as without a debugger
    const onTop = frames[0] !== undefined && frames[0].call === calls[0];
    if (onTop) return undefined;
    if (isException({ reason })) return frames.length > 0 ? undefined : "resume";
    if (++passed > patience) return "resume";
    const top = calls[0];
    if (pausing) return "stepInto";
    if (top && isCell(top)) return frames.length > 0 || top.location.lineNumber > 0 ? "stepOut" : "stepInto"; // behind a cell's last line; before its first
    return frames.length > 0 ? "stepOut" : last === "stepInto" ? "stepInto" : "resume";
  }

  return {
    current: () => pause,
    frame: (id) => pause?.frames.find((frame) => frame.id === id) ?? (id === undefined ? pause?.frames[0] : undefined),
    async onPaused(params) {
      let asked: "pause" | undefined;
      const frames = framesOf(params.callFrames);
      if (once !== undefined) {
        if (params.hitBreakpoints?.includes(once)) asked = "pause";
        void inspector().post("Debugger.removeBreakpoint", { breakpointId: once }).catch(() => {});
        once = undefined;
      }
      const over = passOver(params, frames) ?? (isException(params) && onlyUncaught() && (await isCaught(params, inspector()).catch(() => true)) ? (last ?? "resume") : undefined);
      if (over) {
        if (over === "stepOut" && last && frames.length > 0) await net.spread(frames.map(({ call }) => call));
        return post(over);
      }
      const hitBreakpoints = net.withoutOwn(params.hitBreakpoints ?? []);
      net.lift();
      passed = 0;
      if (pausing) asked = "pause";
      pausing = false;
      const { reason, text } = reasonOf({ ...params, hitBreakpoints }, asked ?? last);
      const told = { reason, threadId, allThreadsStopped: true, preserveFocusHint: false, ...(text !== undefined && { text, description: text }) };
      pause = { frames, calls: params.callFrames, told };
      afterStop(last);
      last = undefined;
      emit("stopped", told);
    },
    onResumed() {
      if (!pause) return;
      pause = undefined;
      emit("continued", { threadId, allThreadsContinued: true });
    },
    async go(step) {
      if (!pause) return;
      last = step;
      passed = 0;
      await inspector().post(`Debugger.${step}`);
    },
    ended() {
      pausing = false;
      net.lift();
    },
    async pause() {
      if (pause) return;
      pausing = true;
      passed = 0;
      await inspector().post("Debugger.pause");
      // An evaluation that lets nothing stop it, of the variables for example, takes a waiting pause away.
      const again = setInterval(() => {
        if (pausing && passed === 0) inspector().post("Debugger.pause").catch(() => {});
        else clearInterval(again);
      }, 100);
    },
    async armAt({ url, line: lineNumber, column: columnNumber }) {
      once = (await inspector().post<Debugger.SetBreakpointByUrlReturnType>("Debugger.setBreakpointByUrl", { url, lineNumber, columnNumber })).breakpointId;
    },
    isKnown() {
      if (pause) pause.known = true;
      return pause !== undefined;
    },
    tellAgain() {
      const missed = pause;
      // Behind the answer that is being given: events take another way, and may be faster.
      if (missed && !missed.known) setTimeout(() => missed === pause && emit("stopped", missed.told), 100);
    },
    renumber() {
      for (const frame of pause?.frames ?? []) frame.id = ++frameId;
    },
    release() {
      const before = pause;
      pause = undefined;
      pausing = false;
      last = undefined;
      net.lift();
      if (before) emit("continued", { threadId, allThreadsContinued: true });
      return before;
    },
    reset() {
      net.forget();
      pause = undefined;
      pausing = false;
      last = undefined;
    },
  };
}

const isCell = (call: Debugger.CallFrame): boolean => call.url.startsWith("cell:///");

/** The cell's own code, not a function in it. */
const isTop = (call: Debugger.CallFrame): boolean => isCell(call) && !call.scopeChain.some(({ type }) => type === "closure" || type === "local");

const isException = ({ reason }: { reason: string }): boolean => reason === "exception" || reason === "promiseRejection";

function reasonOf({ reason, hitBreakpoints, data }: Debugger.PausedEventDataType, asked: "pause" | Step | undefined): { reason: string; text?: string } {
  if (isException({ reason })) return { reason: "exception", text: (data as Runtime.RemoteObject | undefined)?.description?.split(/\n\s+at /)[0]?.slice(0, 1000) };
  if (asked === "pause") return { reason: "pause" };
  if (hitBreakpoints?.length) return { reason: "breakpoint" };
  return { reason: asked ? "step" : "breakpoint" };
}
