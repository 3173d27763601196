import type { Highs } from "highs";

/** One line of a linear program: `lower <= coefficients . x <= upper`; equal bounds make an equation. */
export interface Row {
  coefficients: ArrayLike<number>;
  lower?: number;
  upper?: number;
}

export interface Solution {
  x: number[];
  /** The change of the optimum per unit of a row's bound. */
  duals: number[];
  objective: number;
}

let solver: Promise<Highs> | undefined;

/** HiGHS (MIT) as WebAssembly, 3.5 MB: loaded when the first program is solved, in Node and in the page (where `highs.wasm` lies beside the script). */
function load(): Promise<Highs> {
  solver ??= import("highs").then((module) => (module.default as unknown as () => Promise<Highs>)());
  return solver;
}

/** Minimises `cost . x` over x >= 0 (and x <= `most`). */
export async function minimize(cost: ArrayLike<number>, rows: readonly Row[], most?: readonly (number | undefined)[]): Promise<Solution> {
  const highs = await load();
  const terms = (values: ArrayLike<number>) => {
    const parts = Array.from(values, (value, j) => (value === 0 ? "" : `${value < 0 ? "-" : "+"} ${digits(Math.abs(value))} x${j}`)).filter(Boolean);
    return parts.length ? parts.join("\n ") : "0 x0"; // lines of LP files are short
  };
  const lines = rows.map(({ coefficients, lower, upper }, i) => {
    if (lower !== undefined && lower === upper) return ` r${i}: ${terms(coefficients)} = ${digits(lower)}`;
    if (lower !== undefined && upper !== undefined) throw new RangeError("expected one bound or an equation in a row of a linear program");
    return ` r${i}: ${terms(coefficients)} ${upper !== undefined ? `<= ${digits(upper)}` : `>= ${digits(lower!)}`}`;
  });
  const bounds = (most ?? []).flatMap((high, j) => (high === undefined ? [] : [` 0 <= x${j} <= ${digits(high)}`]));
  const text = `Minimize\n obj: ${terms(cost)}\nSubject To\n${lines.join("\n")}\n${bounds.length ? `Bounds\n${bounds.join("\n")}\n` : ""}End\n`;
  const result = highs.solve(text, { output_flag: false } as never);
  if (result.Status !== "Optimal") throw new RangeError(`expected a linear program with an optimum, HiGHS says ${result.Status}`);
  const columns = result.Columns as Record<string, { Primal: number }>;
  const byName = new Map((result.Rows as { Name?: string; Dual?: number }[]).map((row) => [row.Name, row.Dual ?? 0]));
  return { x: Array.from(cost, (_, j) => columns[`x${j}`]?.Primal ?? 0), duals: rows.map((_, i) => byName.get(`r${i}`) ?? 0), objective: result.ObjectiveValue };
}

const digits = (value: number): string => (Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : value.toExponential(17));
