import { f32, f32x4, Func, i32, loop, seq, v128, type Code, type Local } from "./assembler.js";

type Whole = { func: Func; body: Code };

/** `dotRows` and `addScaled`: norms and weighted sums of the gradients of single examples. */
export function exampleFunctions(): Whole[] {
  return [dotRows(), addScaled()];
}

const plus = (base: Local, offset: Local) => i32.add(base.get, offset.get);

/** out[rows] = the sum of a b over each row of `bytes` bytes. Four sums run side by side, since each waits for its last addition. */
function dotRows(): Whole {
  const func = new Func("dotRows");
  const [a, b, out, rows, bytes] = Array.from({ length: 5 }, () => func.param()) as Local[];
  const [row, offset] = func.locals("i32", 2) as Local[];
  const sums = func.locals("v128", 4);
  const rest = func.local("f32");
  const [wide, single] = [i32.and(bytes!.get, i32.const(-64)), i32.and(bytes!.get, i32.const(-16))];
  const four = (sum: Local, at: number) => sum.set(f32x4.add(sum.get, f32x4.mul(v128.load(plus(a!, offset!), at), v128.load(plus(b!, offset!), at))));
  const all = f32x4.add(f32x4.add(sums[0]!.get, sums[1]!.get), f32x4.add(sums[2]!.get, sums[3]!.get));
  const body = loop(row!, i32.const(0), rows!.get, i32.const(1), seq(
    ...sums.map((sum) => sum.set(f32x4.const(0))),
    rest.set(f32.const(0)),
    loop(offset!, i32.const(0), wide, i32.const(64), seq(...sums.map((sum, index) => four(sum, 16 * index)))),
    loop(offset!, wide, single, i32.const(16), four(sums[0]!, 0)),
    loop(offset!, single, bytes!.get, i32.const(4), rest.set(f32.add(rest.get, f32.mul(f32.load(plus(a!, offset!)), f32.load(plus(b!, offset!)))))),
    sums[0]!.set(all),
    f32.store(out!.get, [0, 1, 2, 3].reduce((sum, lane) => f32.add(sum, f32x4.lane(sums[0]!.get, lane)), rest.get)),
    out!.set(i32.add(out!.get, i32.const(4))),
    a!.set(i32.add(a!.get, bytes!.get)),
    b!.set(i32.add(b!.get, bytes!.get)),
  ));
  return { func, body };
}

/** out += weight x. */
function addScaled(): Whole {
  const func = new Func("addScaled");
  const [x, out, bytes] = Array.from({ length: 3 }, () => func.param()) as Local[];
  const weight = func.param("f32");
  const offset = func.local();
  const weights = func.local("v128");
  const [wide, single] = [i32.and(bytes!.get, i32.const(-64)), i32.and(bytes!.get, i32.const(-16))];
  const four = (at: number) => v128.store(plus(out!, offset), f32x4.add(v128.load(plus(out!, offset), at), f32x4.mul(v128.load(plus(x!, offset), at), weights.get)), at);
  const body = seq(
    weights.set(f32x4.splat(weight.get)),
    loop(offset, i32.const(0), wide, i32.const(64), seq(...[0, 16, 32, 48].map(four))),
    loop(offset, wide, single, i32.const(16), four(0)),
    loop(offset, single, bytes!.get, i32.const(4), f32.store(plus(out!, offset), f32.add(f32.load(plus(out!, offset)), f32.mul(f32.load(plus(x!, offset)), weight.get)))),
  );
  return { func, body };
}
