import { f32, Func, i32, loop, seq, when, type Code, type Local } from "./assembler.js";

/**
 * The gradient of max pooling: each output's gradient is added at the first largest place of its window, where tfjs's JavaScript
 * backend puts it too. `dx` holds zeros before. One example and channel after the other; `channels` is the distance of neighbours.
 */
export function maxPoolGradient(): { func: Func; body: Code } {
  const func = new Func("maxPoolGradient");
  const names = Array.from({ length: 17 }, () => func.param());
  const [x, dy, dx, batch, height, width, channels, outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left] = names as Local[];
  const [image, row, column, channel, tapRow, tapColumn, inRow, inColumn, source, place, best, gradient] = func.locals("i32", 12) as Local[];
  const [largest, value] = func.locals("f32", 2) as Local[];
  const add = (start: Code, ...terms: Code[]) => terms.reduce((sum, term) => i32.add(sum, term), start);
  const index = (at: Local, stride: Local, tap: Local, dilation: Local, before: Local) => i32.sub(add(i32.mul(at.get, stride.get), i32.mul(tap.get, dilation.get)), before.get);
  const [zero, one] = [i32.const(0), i32.const(1)];
  const window = loop(tapRow!, zero, filterHeight!.get, one, seq(
    inRow!.set(index(row!, strideHeight!, tapRow!, dilationHeight!, top!)),
    when(i32.ltUnsigned(inRow!.get, height!.get), loop(tapColumn!, zero, filterWidth!.get, one, seq(
      inColumn!.set(index(column!, strideWidth!, tapColumn!, dilationWidth!, left!)),
      when(i32.ltUnsigned(inColumn!.get, width!.get), seq(
        place!.set(i32.shl(add(i32.mul(add(i32.mul(add(i32.mul(image!.get, height!.get), inRow!.get), width!.get), inColumn!.get), channels!.get), channel!.get), i32.const(2))),
        value!.set(f32.load(add(x!.get, place!.get))),
        when(f32.gt(value!.get, largest!.get), seq(largest!.set(value!.get), best!.set(place!.get))),
      )),
    ))),
  ));
  const body = seq(
    gradient!.set(dy!.get),
    loop(image!, zero, batch!.get, one, loop(row!, zero, outHeight!.get, one, loop(column!, zero, outWidth!.get, one, loop(channel!, zero, channels!.get, one, seq(
      best!.set(i32.const(-1)),
      largest!.set(f32.const(-Infinity)),
      window,
      when(i32.ge(best!.get, zero), seq(
        source!.set(add(dx!.get, best!.get)),
        f32.store(source!.get, f32.add(f32.load(source!.get), f32.load(gradient!.get))),
      )),
      gradient!.set(add(gradient!.get, i32.const(4))),
    ))))),
  );
  return { func, body };
}
