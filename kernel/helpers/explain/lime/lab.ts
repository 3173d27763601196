/** From sRGB, 0 to 1, to CIE XYZ relative to the white of daylight (D65, 2 degrees). */
const toXyz = [
  [0.412453 / 0.95047, 0.35758 / 0.95047, 0.180423 / 0.95047],
  [0.212671, 0.71516, 0.072169],
  [0.019334 / 1.08883, 0.119193 / 1.08883, 0.950227 / 1.08883],
] as const;

const linear = (value: number): number => (value > 0.04045 ? ((value + 0.055) / 1.055) ** 2.4 : value / 12.92);
const cubeRoot = (value: number): number => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);

/** CIE Lab of pixels in sRGB, 0 to 1: a space in which equal distances look about equally different. Lightness goes from 0 to 100. */
export function labOf(rgb: Float64Array): Float64Array {
  const lab = new Float64Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const [red, green, blue] = [linear(rgb[at]), linear(rgb[at + 1]), linear(rgb[at + 2])];
    const [x, y, z] = toXyz.map(([r, g, b]) => cubeRoot(r * red + g * green + b * blue)) as [number, number, number];
    lab[at] = 116 * y - 16;
    lab[at + 1] = 500 * (x - y);
    lab[at + 2] = 200 * (y - z);
  }
  return lab;
}
