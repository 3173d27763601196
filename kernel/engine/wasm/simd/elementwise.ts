import { f32, f32x4, Func, i32, loop, seq, v128, when, type Code, type Local } from "./assembler.js";

type Whole = { func: Func; body: Code };

const operations = {
  Add: [f32x4.add, f32.add],
  Sub: [f32x4.sub, f32.sub],
  Multiply: [f32x4.mul, f32.mul],
  RealDiv: [f32x4.div, f32.div],
} as const;

/** The operations of two operands there are. */
export const binaryNames = Object.keys(operations) as (keyof typeof operations)[];

/** Functions on whole arrays of floats: `Add`, ..., `clip`, `reluGradient`, `sumRows`, `sumColumns`. */
export function elementwise(): Whole[] {
  return [...binaryNames.map(binary), unary("Sqrt", f32x4.sqrt, f32.sqrt), unary("Square", (x) => f32x4.mul(x, x), (x) => f32.mul(x, x)), clip(), reluGradient(), sumRows(), sumColumns()];
}

/** Where `offset` counts bytes: four floats at a time, then one at a time. */
function both(offset: Local, bytes: Code, four: Code, single: Code): Code {
  const wide = i32.and(bytes, i32.const(-16));
  return seq(loop(offset, i32.const(0), wide, i32.const(16), four), loop(offset, wide, bytes, i32.const(4), single));
}

const plus = (base: Local, offset: Local) => i32.add(base.get, offset.get);

/** out[rows, bytes / 4] = a op b; each operand moves by its own step from row to row, and is one number for the whole row where its `one` is set. */
function binary(name: keyof typeof operations): Whole {
  const [four, single] = operations[name];
  const func = new Func(name);
  const [a, b, out, rows, bytes, aStep, bStep, aOne, bOne] = Array.from({ length: 9 }, () => func.param()) as Local[];
  const [row, offset] = func.locals("i32", 2) as Local[];
  const number = func.local("v128");
  const write = (left: Code, right: Code, left1: Code, right1: Code) => both(offset!, bytes!.get, v128.store(plus(out!, offset!), four(left, right)), f32.store(plus(out!, offset!), single(left1, right1)));
  const at = (base: Local) => [v128.load(plus(base, offset!)), f32.load(plus(base, offset!))] as const;
  const [a4, a1] = at(a!);
  const [b4, b1] = at(b!);
  const body = loop(row!, i32.const(0), rows!.get, i32.const(1), seq(
    when(bOne!.get, seq(number.set(v128.loadSplat(b!.get)), write(a4, number.get, a1, f32x4.lane(number.get, 0))),
      when(aOne!.get, seq(number.set(v128.loadSplat(a!.get)), write(number.get, b4, f32x4.lane(number.get, 0), b1)), write(a4, b4, a1, b1))),
    a!.set(i32.add(a!.get, aStep!.get)),
    b!.set(i32.add(b!.get, bStep!.get)),
    out!.set(i32.add(out!.get, bytes!.get)),
  ));
  return { func, body };
}

function unary(name: string, four: (x: Code) => Code, single: (x: Code) => Code): Whole {
  const func = new Func(name);
  const [x, out, bytes] = Array.from({ length: 3 }, () => func.param()) as Local[];
  const offset = func.local();
  const body = both(offset, bytes!.get, v128.store(plus(out!, offset), four(v128.load(plus(x!, offset)))), f32.store(plus(out!, offset), single(f32.load(plus(x!, offset)))));
  return { func, body };
}

/** out = x between two numbers; NaN stays NaN. */
function clip(): Whole {
  const func = new Func("clip");
  const [x, out, bytes] = Array.from({ length: 3 }, () => func.param()) as Local[];
  const [low, high] = [func.param("f32"), func.param("f32")];
  const offset = func.local();
  const body = both(offset, bytes!.get,
    v128.store(plus(out!, offset), f32x4.min(f32x4.max(v128.load(plus(x!, offset)), f32x4.splat(low.get)), f32x4.splat(high.get))),
    f32.store(plus(out!, offset), f32.min(f32.max(f32.load(plus(x!, offset)), low.get), high.get)));
  return { func, body };
}

/** out = dy where x > 0, else 0. Both loads of the last few numbers stay inside the arrays. */
function reluGradient(): Whole {
  const func = new Func("reluGradient");
  const [dy, x, out, bytes] = Array.from({ length: 4 }, () => func.param()) as Local[];
  const offset = func.local();
  const keep = (gradient: Code, value: Code) => v128.and(gradient, f32x4.gt(value, f32x4.const(0)));
  const body = both(offset, bytes!.get,
    v128.store(plus(out!, offset), keep(v128.load(plus(dy!, offset)), v128.load(plus(x!, offset)))),
    f32.store(plus(out!, offset), f32x4.lane(keep(v128.loadLane0(plus(dy!, offset)), v128.loadLane0(plus(x!, offset))), 0)));
  return { func, body };
}

/** out[rows] = the sum of each row of `bytes` bytes. */
function sumRows(): Whole {
  const func = new Func("sumRows");
  const [x, out, rows, bytes] = Array.from({ length: 4 }, () => func.param()) as Local[];
  const [row, offset] = func.locals("i32", 2) as Local[];
  const sums = func.local("v128");
  const rest = func.local("f32");
  const body = loop(row!, i32.const(0), rows!.get, i32.const(1), seq(
    sums.set(f32x4.const(0)),
    rest.set(f32.const(0)),
    both(offset!, bytes!.get, sums.set(f32x4.add(sums.get, v128.load(plus(x!, offset!)))), rest.set(f32.add(rest.get, f32.load(plus(x!, offset!))))),
    f32.store(out!.get, [0, 1, 2, 3].reduce((sum, lane) => f32.add(sum, f32x4.lane(sums.get, lane)), rest.get)),
    out!.set(i32.add(out!.get, i32.const(4))),
    x!.set(i32.add(x!.get, bytes!.get)),
  ));
  return { func, body };
}

/** out = the sum over rows of `bytes` bytes. `out` holds zeros before. */
function sumColumns(): Whole {
  const func = new Func("sumColumns");
  const [x, out, rows, bytes] = Array.from({ length: 4 }, () => func.param()) as Local[];
  const [row, offset] = func.locals("i32", 2) as Local[];
  const body = loop(row!, i32.const(0), rows!.get, i32.const(1), seq(
    both(offset!, bytes!.get,
      v128.store(plus(out!, offset!), f32x4.add(v128.load(plus(out!, offset!)), v128.load(plus(x!, offset!)))),
      f32.store(plus(out!, offset!), f32.add(f32.load(plus(out!, offset!)), f32.load(plus(x!, offset!))))),
    x!.set(i32.add(x!.get, bytes!.get)),
  ));
  return { func, body };
}
