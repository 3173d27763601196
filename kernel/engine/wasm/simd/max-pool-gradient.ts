import { f32, f32x4, Func, i32, loop, seq, v128, when, type Code, type Local } from "./assembler.js";

/**
 * The gradient of max pooling: each output's gradient is added at the first largest place of its window, where tfjs's JavaScript
 * backend puts it too; NaN is never the largest. `dx` holds zeros before. Four channels at a time, then one at a time.
 */
export function maxPoolGradient(): { func: Func; body: Code } {
  const func = new Func("maxPoolGradient");
  const names = Array.from({ length: 17 }, () => func.param());
  const [x, dy, dx, batch, height, width, channels, outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left] = names as Local[];
  const [image, row, column, channel, tapRow, tapColumn, inRow, inColumn, place, wide, best] = func.locals("i32", 11) as Local[];
  const [most, open, chosen] = func.locals("v128", 3) as Local[];
  const [largest, value] = func.locals("f32", 2) as Local[];
  const add = (start: Code, ...terms: Code[]) => terms.reduce((sum, term) => i32.add(sum, term), start);
  const [zero, one] = [i32.const(0), i32.const(1)];

  /** `act` for each tap inside the input, with the address of its number relative to `x` and `dx` in `place`. */
  const each = (act: Code) => loop(tapRow!, zero, filterHeight!.get, one, seq(
    inRow!.set(i32.sub(add(i32.mul(row!.get, strideHeight!.get), i32.mul(tapRow!.get, dilationHeight!.get)), top!.get)),
    when(i32.ltUnsigned(inRow!.get, height!.get), loop(tapColumn!, zero, filterWidth!.get, one, seq(
      inColumn!.set(i32.sub(add(i32.mul(column!.get, strideWidth!.get), i32.mul(tapColumn!.get, dilationWidth!.get)), left!.get)),
      when(i32.ltUnsigned(inColumn!.get, width!.get), seq(
        place!.set(i32.shl(add(i32.mul(add(i32.mul(add(i32.mul(image!.get, height!.get), inRow!.get), width!.get), inColumn!.get), channels!.get), channel!.get), i32.const(2))),
        act,
      )),
    ))),
  ));
  const from = add(x!.get, place!.get);
  const to = add(dx!.get, place!.get);
  const four = seq(
    most!.set(f32x4.const(-Infinity)),
    each(most!.set(f32x4.laterLarger(most!.get, v128.load(from)))),
    // Channels whose gradient has not found its place yet.
    open!.set(f32x4.gt(most!.get, f32x4.const(-Infinity))),
    each(seq(
      chosen!.set(v128.and(f32x4.equal(v128.load(from), most!.get), open!.get)),
      v128.store(to, f32x4.add(v128.load(to), v128.and(v128.load(dy!.get), chosen!.get))),
      open!.set(v128.andNot(open!.get, chosen!.get)),
    )),
    dy!.set(add(dy!.get, i32.const(16))),
  );
  const single = seq(
    best!.set(i32.const(-1)),
    largest!.set(f32.const(-Infinity)),
    each(seq(
      value!.set(f32.load(from)),
      when(f32.gt(value!.get, largest!.get), seq(largest!.set(value!.get), best!.set(place!.get))),
    )),
    when(i32.ge(best!.get, zero), f32.store(add(dx!.get, best!.get), f32.add(f32.load(add(dx!.get, best!.get)), f32.load(dy!.get)))),
    dy!.set(add(dy!.get, i32.const(4))),
  );
  const body = seq(
    wide!.set(i32.and(channels!.get, i32.const(-4))),
    loop(image!, zero, batch!.get, one, loop(row!, zero, outHeight!.get, one, loop(column!, zero, outWidth!.get, one, seq(
      loop(channel!, zero, wide!.get, i32.const(4), four),
      loop(channel!, wide!.get, channels!.get, one, single),
    )))),
  );
  return { func, body };
}
