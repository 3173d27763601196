import { f32, i32, Func, loop, seq, v128, when, f32x4, type Code, type Local } from "./assembler.js";

/**
 * What each filter tap sees of the padded input, as rows of a matrix: out[batch * outHeight * outWidth, filterHeight * filterWidth *
 * channels]. The parameters are those of the convolution; places outside the input are zero.
 */
export function patches(): { func: Func; body: Code } {
  const func = new Func("patches");
  const names = Array.from({ length: 16 }, () => func.param());
  const [x, out, batch, height, width, channels, outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left] = names as Local[];
  const [image, row, column, tapRow, tapColumn, inRow, inColumn, source, target, byte, bytes, inside, single] = func.locals("i32", 13) as Local[];
  const add = (start: Code, ...terms: Code[]) => terms.reduce((sum, term) => i32.add(sum, term), start);
  const index = (place: Local, stride: Local, tap: Local, dilation: Local, before: Local) => i32.sub(add(i32.mul(place.get, stride.get), i32.mul(tap.get, dilation.get)), before.get);
  const wide = i32.and(bytes!.get, i32.const(-16));
  const copy = seq(
    loop(byte!, i32.const(0), wide, i32.const(16), v128.store(add(target!.get, byte!.get), v128.load(add(source!.get, byte!.get)))),
    loop(byte!, wide, bytes!.get, i32.const(4), f32.store(add(target!.get, byte!.get), f32.load(add(source!.get, byte!.get)))),
  );
  const clear = seq(
    loop(byte!, i32.const(0), wide, i32.const(16), v128.store(add(target!.get, byte!.get), f32x4.const(0))),
    loop(byte!, wide, bytes!.get, i32.const(4), f32.store(add(target!.get, byte!.get), f32.const(0))),
  );
  const one = i32.const(1);
  const zero = i32.const(0);
  const begin = seq(
    inColumn!.set(index(column!, strideWidth!, tapColumn!, dilationWidth!, left!)),
    source!.set(add(x!.get, i32.mul(single!.get, add(i32.mul(add(i32.mul(image!.get, height!.get), inRow!.get), width!.get), inColumn!.get)))),
  );
  // Neighbouring taps of a row lie side by side in the input: where all are inside, they are copied as one.
  const rowInside = i32.and(inside!.get, i32.and(i32.eqz(i32.sub(dilationWidth!.get, one)), i32.and(i32.ge(inColumn!.get, zero), i32.ge(i32.sub(width!.get, filterWidth!.get), inColumn!.get))));
  const body = seq(
    single!.set(i32.shl(channels!.get, i32.const(2))),
    target!.set(out!.get),
    loop(image!, zero, batch!.get, one, loop(row!, zero, outHeight!.get, one, loop(column!, zero, outWidth!.get, one, loop(tapRow!, zero, filterHeight!.get, one, seq(
      inRow!.set(index(row!, strideHeight!, tapRow!, dilationHeight!, top!)),
      inside!.set(i32.ltUnsigned(inRow!.get, height!.get)),
      tapColumn!.set(zero),
      begin,
      when(rowInside, seq(
        bytes!.set(i32.mul(single!.get, filterWidth!.get)),
        copy,
        target!.set(add(target!.get, bytes!.get)),
      ), seq(
        bytes!.set(single!.get),
        loop(tapColumn!, zero, filterWidth!.get, one, seq(
          begin,
          when(i32.and(inside!.get, i32.ltUnsigned(inColumn!.get, width!.get)), copy, clear),
          target!.set(add(target!.get, bytes!.get)),
        )),
      )),
    ))))),
  );
  return { func, body };
}
