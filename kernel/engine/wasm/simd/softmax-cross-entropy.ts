import { f32, f32x4, Func, i32, i32x4, loop, seq, v128, type Code, type Local } from "./assembler.js";

/** Bytes that `softmax` writes for each row beside its output: the row's maximum and its sum of exponentials, and place for two more numbers. */
export const softmaxRowBytes = 16;

/** 2^f for f in [-0.5, 0.5], times log(2): the Taylor series of exp, whose rest is below a float's last bit. */
const series = [1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1];

/** exp(x) of four numbers at most 0. Below -87.7, where the result is no normal float, it is 0. NaN stays NaN. */
function exponential(x: Local, whole: Local, rest: Local): Code {
  return seq(
    x.set(f32x4.max(x.get, f32x4.const(-88.1))),
    whole.set(f32x4.nearest(f32x4.mul(x.get, f32x4.const(Math.LOG2E)))),
    // log(2) in two parts: the first has so few bits that its product with a whole number is exact.
    rest.set(f32x4.sub(f32x4.sub(x.get, f32x4.mul(whole.get, f32x4.const(0.693359375))), f32x4.mul(whole.get, f32x4.const(Math.LN2 - 0.693359375)))),
    x.set(series.slice(1).reduce((sum, factor) => f32x4.add(f32x4.mul(sum, rest.get), f32x4.const(factor)), f32x4.const(series[0]!) as Code)),
    x.set(f32x4.mul(x.get, i32x4.shl(i32x4.add(i32x4.truncate(whole.get), i32x4.const(127)), i32.const(23)))),
  );
}

/** `softmax`: out[rows, bytes / 4]; `crossEntropy`: what follows for one label distribution a row. Bytes are at least 4. */
export function softmaxCrossEntropy(): { func: Func; body: Code }[] {
  return [softmax(), crossEntropy()];
}

const plus = (base: Local, offset: Local) => i32.add(base.get, offset.get);

function each(offset: Local, bytes: Local, four: Code, single: Code): Code {
  const wide = i32.and(bytes.get, i32.const(-16));
  return seq(loop(offset, i32.const(0), wide, i32.const(16), four), loop(offset, wide, bytes.get, i32.const(4), single));
}

function softmax(): { func: Func; body: Code } {
  const func = new Func("softmax");
  const [x, out, rows, bytes, notes] = Array.from({ length: 5 }, () => func.param()) as Local[];
  const [row, offset] = func.locals("i32", 2) as Local[];
  const [values, whole, rest, sums, most] = func.locals("v128", 5) as Local[];
  const [largest, sum] = func.locals("f32", 2) as Local[];
  const lanes = (vector: Local, fold: (a: Code, b: Code) => Code, start: Code) => [0, 1, 2, 3].reduce((all, lane) => fold(all, f32x4.lane(vector.get, lane)), start);
  const shifted = (loaded: Code) => seq(values!.set(f32x4.sub(loaded, most!.get)), exponential(values!, whole!, rest!));
  const lane0 = f32x4.lane(values!.get, 0);
  const body = loop(row!, i32.const(0), rows!.get, i32.const(1), seq(
    most!.set(f32x4.const(-Infinity)),
    largest!.set(f32.const(-Infinity)),
    each(offset!, bytes!, most!.set(f32x4.max(most!.get, v128.load(plus(x!, offset!)))), largest!.set(f32.max(largest!.get, f32.load(plus(x!, offset!))))),
    largest!.set(lanes(most!, f32.max, largest!.get)),
    most!.set(f32x4.splat(largest!.get)),
    sums!.set(f32x4.const(0)),
    sum!.set(f32.const(0)),
    each(offset!, bytes!,
      seq(shifted(v128.load(plus(x!, offset!))), v128.store(plus(out!, offset!), values!.get), sums!.set(f32x4.add(sums!.get, values!.get))),
      seq(shifted(v128.loadLane0(plus(x!, offset!))), f32.store(plus(out!, offset!), lane0), sum!.set(f32.add(sum!.get, lane0)))),
    sum!.set(lanes(sums!, f32.add, sum!.get)),
    f32.store(notes!.get, largest!.get),
    f32.store(notes!.get, sum!.get, 4),
    sums!.set(f32x4.splat(sum!.get)),
    each(offset!, bytes!,
      v128.store(plus(out!, offset!), f32x4.div(v128.load(plus(out!, offset!)), sums!.get)),
      f32.store(plus(out!, offset!), f32.div(f32.load(plus(out!, offset!)), sum!.get))),
    x!.set(i32.add(x!.get, bytes!.get)),
    out!.set(i32.add(out!.get, bytes!.get)),
    notes!.set(i32.add(notes!.get, i32.const(softmaxRowBytes))),
  ));
  return { func, body };
}

/** Turns the softmax in `out` into softmax - labels, and notes for each row the sum of labels * (maximum - x) and of labels. */
function crossEntropy(): { func: Func; body: Code } {
  const func = new Func("crossEntropy");
  const [x, labels, out, rows, bytes, notes] = Array.from({ length: 6 }, () => func.param()) as Local[];
  const [row, offset] = func.locals("i32", 2) as Local[];
  const [loss, total, label, largest] = func.locals("f32", 4) as Local[];
  const body = loop(row!, i32.const(0), rows!.get, i32.const(1), seq(
    loss!.set(f32.const(0)),
    total!.set(f32.const(0)),
    largest!.set(f32.load(notes!.get)),
    loop(offset!, i32.const(0), bytes!.get, i32.const(4), seq(
      label!.set(f32.load(plus(labels!, offset!))),
      total!.set(f32.add(total!.get, label!.get)),
      loss!.set(f32.add(loss!.get, f32.mul(label!.get, f32.sub(largest!.get, f32.load(plus(x!, offset!)))))),
      f32.store(plus(out!, offset!), f32.sub(f32.load(plus(out!, offset!)), label!.get)),
    )),
    f32.store(notes!.get, loss!.get, 8),
    f32.store(notes!.get, total!.get, 12),
    x!.set(i32.add(x!.get, bytes!.get)),
    labels!.set(i32.add(labels!.get, bytes!.get)),
    out!.set(i32.add(out!.get, bytes!.get)),
    notes!.set(i32.add(notes!.get, i32.const(softmaxRowBytes))),
  ));
  return { func, body };
}
