/** How far groups are apart in one metric. Values that are NaN are left out, and the result's warnings name them. */
export interface Spread {
  min: number;
  max: number;
  /** Groups with the least and the greatest value; undefined where no group has a value. */
  lowest: string | undefined;
  highest: string | undefined;
  /** max - min, never negative; 0 is parity. fairlearn's `difference(method="between_groups")`. */
  difference: number;
  /** The greatest distance of a group from all rows together. fairlearn's `difference(method="to_overall")`. */
  differenceToOverall: number;
  /** min / max, at most 1; 1 is parity. 0/0 is NaN. NaN too where a value is negative: a ratio of signed values says nothing. */
  ratio: number;
  /** The smallest of value/overall and overall/value. */
  ratioToOverall: number;
}

export function spread(names: readonly string[], values: readonly number[], overall: number): Spread {
  let [min, max, differenceToOverall, ratioToOverall] = [Infinity, -Infinity, Number.NaN, Number.NaN];
  let lowest: string | undefined;
  let highest: string | undefined;
  values.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    if (value < min) [min, lowest] = [value, names[at]];
    if (value > max) [max, highest] = [value, names[at]];
    differenceToOverall = most(differenceToOverall, Math.abs(value - overall));
    ratioToOverall = least(ratioToOverall, below1(value / overall));
  });
  if (lowest === undefined) return { min: Number.NaN, max: Number.NaN, lowest, highest, difference: Number.NaN, differenceToOverall, ratio: Number.NaN, ratioToOverall };
  const signed = min < 0 || overall < 0;
  return { min, max, lowest, highest, difference: max - min, differenceToOverall, ratio: signed ? Number.NaN : min / max, ratioToOverall: signed ? Number.NaN : ratioToOverall };
}

const below1 = (ratio: number): number => (ratio > 1 ? 1 / ratio : ratio);
const most = (a: number, b: number): number => (Number.isNaN(a) || b > a ? b : a);
const least = (a: number, b: number): number => (Number.isNaN(a) || b < a ? b : a);
