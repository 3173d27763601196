/**
 * A small assembler for WebAssembly, as much as the kernels of this folder need. Instructions are functions of the code of their
 * operands, so that code reads from the inside out; a function's code is the concatenation of its statements.
 */
export type Code = readonly number[];

const types = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
type Type = keyof typeof types;

/** A parameter or local of a function. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

/** One exported function: parameters are declared before other locals, the result is left in memory. */
export class Func {
  readonly #params: Type[] = [];
  readonly #locals: Type[] = [];
  constructor(readonly name: string) {}

  param(type: Type = "i32"): Local {
    if (this.#locals.length > 0) throw new Error("expected parameters before locals");
    this.#params.push(type);
    return local(this.#params.length - 1);
  }
  local(type: Type = "i32"): Local {
    this.#locals.push(type);
    return local(this.#params.length + this.#locals.length - 1);
  }
  locals(type: Type, count: number): Local[] {
    return Array.from({ length: count }, () => this.local(type));
  }
  type(): Code {
    return [0x60, ...vector(this.#params.map((type) => [types[type]])), 0];
  }
  encode(body: Code): Code {
    const code = [...vector(this.#locals.map((type) => [1, types[type]])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  }
}

function local(index: number): Local {
  return { get: [0x20, ...unsigned(index)], set: (value) => [...value, 0x21, ...unsigned(index)] };
}

/** The bytes of a module that imports the memory `env.memory` and exports the functions. */
export function assemble(functions: readonly { func: Func; body: Code }[]): Uint8Array {
  const section = (id: number, content: Code) => [id, ...unsigned(content.length), ...content];
  const text = (value: string) => vector([...value].map((letter) => [letter.charCodeAt(0)]));
  const exported = functions.map(({ func }, index) => [...text(func.name), 0, ...unsigned(index)]);
  return new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, vector(functions.map(({ func }) => func.type()))),
    ...section(2, vector([[...text("env"), ...text("memory"), 2, 0, 0]])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(exported)),
    ...section(10, vector(functions.map(({ func, body }) => func.encode(body)))),
  ]);
}

function vector(items: Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  const low = value & 0x7f;
  const rest = value >> 7;
  return (rest === 0 && !(low & 0x40)) || (rest === -1 && low & 0x40) ? [low] : [low | 0x80, ...signed(rest)];
}

const op = (...opcode: number[]) => (...operands: Code[]): Code => [...operands.flat(), ...opcode];
const simd = (opcode: number, ...rest: number[]) => op(0xfd, ...unsigned(opcode), ...rest);
/** Loads and stores promise no alignment: one is enough for all. */
const at = (opcode: Code) => (address: Code, offset = 0): Code => [...address, ...opcode, 0, ...unsigned(offset)];
const to = (opcode: Code) => (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...opcode, 0, ...unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: op(0x6a), sub: op(0x6b), mul: op(0x6c), shl: op(0x74), and: op(0x71),
  eqz: op(0x45), lt: op(0x48), gt: op(0x4a), ge: op(0x4e), ltUnsigned: op(0x49),
  load: at([0x28]), store: to([0x36]),
};

export const f32 = {
  const: (value: number): Code => [0x43, ...new Uint8Array(new Float32Array([value]).buffer)],
  add: op(0x92), sub: op(0x93), mul: op(0x94), div: op(0x95), min: op(0x96), max: op(0x97), sqrt: op(0x91),
  gt: op(0x5e), load: at([0x2a]), store: to([0x38]),
};

export const v128 = {
  load: at([0xfd, 0]), store: to([0xfd, 11]), loadSplat: at([0xfd, 9]), loadLane0: at([0xfd, ...unsigned(0x5c)]),
  and: simd(0x4e), andNot: simd(0x4f), or: simd(0x50),
};

export const f32x4 = {
  splat: simd(0x13), add: simd(0xe4), sub: simd(0xe5), mul: simd(0xe6), div: simd(0xe7), min: simd(0xe8), max: simd(0xe9), laterLarger: simd(0xeb), sqrt: simd(0xe3),
  equal: simd(0x41), gt: simd(0x44), nearest: simd(0x6a),
  const: (value: number): Code => simd(0x13)(f32.const(value)),
  lane: (value: Code, index: number): Code => simd(0x1f, index)(value),
};

export const i32x4 = { truncate: simd(0xf8), shl: simd(0xab), add: simd(0xae), const: (value: number): Code => simd(0x11)(i32.const(value)) };

/** One after another. */
export function seq(...statements: Code[]): Code {
  return statements.flat();
}

export function when(condition: Code, then: Code, otherwise?: Code): Code {
  return [...condition, 0x04, 0x40, ...then, ...(otherwise ? [0x05, ...otherwise] : []), 0x0b];
}

export function choose(condition: Code, yes: Code, no: Code): Code {
  return [...yes, ...no, ...condition, 0x1b];
}

/** `for (variable = from; variable < to; variable += step) body`, compared with signs. */
export function loop(variable: Local, from: Code, to: Code, step: Code, body: Code): Code {
  const leave = [...i32.ge(variable.get, to), 0x0d, 1];
  return [...variable.set(from), 0x02, 0x40, 0x03, 0x40, ...leave, ...body, ...variable.set(i32.add(variable.get, step)), 0x0c, 0, 0x0b, 0x0b];
}

/** `do body while (condition)`. */
export function repeat(body: Code, condition: Code): Code {
  return [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b];
}
