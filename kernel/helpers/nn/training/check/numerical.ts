import { allFinite, positive, shown } from "../../../arguments.js";

/**
 * The gradient of a function of plain numbers by central differences, improved once (Richardson): (4 d(h) - d(2h)) / 3, where d(h) = (f(x + h) - f(x - h)) / 2h. In 64-bit numbers; the
 * error is about 1e-11 for functions of ordinary size that are smooth around x.
 *
 * @param f from an array of numbers to a number
 * @param x where
 * @param options step: h, times max(1, |x|); default 1e-3
 * @returns a Float64Array, as long as x
 * @throws `expected f to give a finite number, got NaN for x[2] + 0.001`
 * @example nn.numericalGradient(([a, b]) => a * a * b, [3, 2]) // [12.00000, 9.00000]
 */
export function numericalGradient(f: (x: Float64Array) => number, x: ArrayLike<number>, options: { step?: number } = {}): Float64Array {
  if (typeof f !== "function") throw new TypeError(`expected f to be a function, got ${shown(f)}`);
  const step = positive({ step: options.step ?? 1e-3 });
  const point = Float64Array.from(allFinite({ x }));
  const at = (index: number, move: number): number => {
    const own = point[index]!;
    point[index] = own + move;
    const value = f(point);
    point[index] = own;
    if (typeof value !== "number" || !Number.isFinite(value)) throw new RangeError(`expected f to give a finite number, got ${shown(value)} for x[${index}] ${move < 0 ? "-" : "+"} ${Math.abs(move)}`);
    return value;
  };
  return point.map((own, index) => {
    // A step that the sum holds exactly.
    const h = own + step * Math.max(1, Math.abs(own)) - own;
    const near = (at(index, h) - at(index, -h)) / (2 * h);
    const far = (at(index, 2 * h) - at(index, -2 * h)) / (4 * h);
    return (4 * near - far) / 3;
  });
}
