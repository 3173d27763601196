/** Memory that the runner's main thread and its helper thread share: output not yet written, the answer to a prompt, flags. */
export interface SharedMemory {
  flags: Int32Array;
  /** A stream frame under construction (kernel/runner/output.ts). */
  output: Uint8Array;
  /** UTF-8 answer to a prompt. */
  input: Uint8Array;
  buffer: SharedArrayBuffer;
}

/** Indices into `flags`. */
export const flag = {
  /** Who holds the output area: 0 nobody, 1 main, 2 helper. */
  lock: 0,
  /** Bytes in the output area. */
  length: 1,
  /** Bytes before the text of the pending frame; offset of its length field. */
  textStart: 2,
  /** Id of the last interrupt that the main thread has handled. */
  handled: 3,
  /** 1 while the main thread turns a value into a bundle: its display code may be stopped although no learner's frame is on the stack. */
  bundling: 4,
  /** 0 waiting, 1 answered, 2 front end cannot ask. */
  answered: 5,
  answerLength: 6,
  /** Id of the last interrupt for which the helper ended a debugger's program. */
  ended: 7,
} as const;

const outputSize = 64 * 1024;
const inputSize = 1024 * 1024;

export function createSharedMemory(buffer = new SharedArrayBuffer(64 + outputSize + inputSize)): SharedMemory {
  return {
    buffer,
    flags: new Int32Array(buffer, 0, 16),
    output: new Uint8Array(buffer, 64, outputSize),
    input: new Uint8Array(buffer, 64 + outputSize, inputSize),
  };
}
