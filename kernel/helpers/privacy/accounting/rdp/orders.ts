const tenths = Array.from({ length: 99 }, (_, k) => 1 + (k + 1) / 10);
const wholes = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, k) => from + k);

/** Whose published rule: how fractional orders are summed, which orders are tried, and how RDP becomes epsilon. */
export type RdpRule = "dp-accounting" | "opacus";

/** The orders each package tries unless told otherwise. Opacus leaves out 11 and stops at 63. */
export const defaultOrders: Readonly<Record<RdpRule, readonly number[]>> = Object.freeze({
  "dp-accounting": Object.freeze([...tenths, ...wholes(11, 63), 128, 256, 512, 1024]),
  opacus: Object.freeze([...tenths, ...wholes(12, 63)]),
});
