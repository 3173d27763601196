/**
 * A number for people: integers in full, others with `digits` significant digits and no trailing zeros.
 *
 * @example number(1234.5678) // "1235", number(0.000012345) // "1.235e-5", number(1/3) // "0.3333"
 */
export function number(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return String(value);
  if (size >= 1e7 || size < 1e-4) return value.toExponential(digits - 1).replace(/\.?0+e/, "e").replace("e+", "e");
  if (size >= 10 ** (digits - 1)) return String(Math.round(value));
  return String(Number(value.toPrecision(digits)));
}

/** Bytes for people. @example bytes(1536) // "1.5 KiB" */
export function bytes(n: number): string {
  const units = ["B", "KiB", "MiB", "GiB"];
  const unit = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(n, 1)) / 10)));
  return `${number(n / 1024 ** unit)} ${units[unit]}`;
}
