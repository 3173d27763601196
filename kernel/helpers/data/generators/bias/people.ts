import { known, fraction, inside, shown, whole } from "../../../arguments.js";
import { normalCdf, normalQuantile } from "../../../privacy/mechanisms/special.js";
import { random } from "../../random.js";
import { shows } from "../../statistics/show.js";
import type { BiasedTable, BiasKnobs, Decided, Group, HiddenPerson } from "./contract.js";

/** Deviation of each of the two measurements, and of the mood of whoever decides; skill has 1. */
const measured = 0.7;
const mood = 0.3;

/** Two measurements of the skill, in its units, and numbers from 0 to 1 for columns that mean nothing. */
export interface Evidence {
  first: number;
  second: number;
  idle: number;
}

/** How one kind of table is told: its columns beside the common ones, and the words of its picture. */
export interface Story<Columns extends object> {
  defaults: Required<BiasKnobs>;
  columns: (evidence: Evidence) => Columns;
  /** `applicants`, `called back`. */
  who: string;
  favour: string;
}

/**
 * The structural model behind `hiring` and `credit`: group -> district, group -> skill -> two measurements -> decision <- group.
 * Each person takes the same draws whatever the knobs say.
 */
export function biasedTable<Columns extends object>(story: Story<Columns>, options: BiasKnobs): BiasedTable<Decided & Columns> {
  const knobs = read(story.defaults, options);
  const draw = random(knobs.seed);
  const spread = (group: Group) => Math.sqrt(1 + (measured * noisier(group)) ** 2 / 2 + mood ** 2);
  const noisier = (group: Group) => (group === "B" ? 1 + knobs.noise : 1);
  const bar = spread("A") * normalQuantile(1 - knobs.rate);
  const qualifiedBar = normalQuantile(1 - knobs.qualified);
  const rows: (Decided & Columns)[] = [];
  const twins: (Decided & Columns)[] = [];
  const people: HiddenPerson[] = [];
  for (let id = 1; id <= knobs.count; id++) {
    const group: Group = draw.uniform() < knobs.share ? "B" : "A";
    const tells = draw.uniform() < knobs.proxy;
    const place = draw.uniform();
    const district = tells ? Math.floor(3 * place) + (group === "A" ? 1 : 4) : Math.floor(6 * place) + 1;
    const skill = draw.normal() - (group === "B" ? knobs.baseRateGap : 0);
    const evidence = { first: skill + measured * noisier(group) * draw.normal(), second: skill + measured * noisier(group) * draw.normal(), idle: draw.uniform() };
    const score = (evidence.first + evidence.second) / 2 + mood * draw.normal();
    const seen = draw.uniform() < knobs.explore;
    const trueQualified = bit(skill > qualifiedBar);
    const columns = story.columns(evidence);
    const row = (of: Group): Decided & Columns => {
      const observedLabel = bit(score - (of === "B" ? knobs.labelBias : 0) > bar);
      return { id, group: of, district, ...columns, observedLabel, outcome: observedLabel || seen ? trueQualified : null };
    };
    rows.push(row(group));
    twins.push(row(group === "A" ? "B" : "A"));
    people.push(Object.freeze({ skill, trueQualified, fairLabel: bit(score > bar) }));
  }
  const rates = Object.freeze({ A: knobs.rate, B: 1 - normalCdf((bar + knobs.baseRateGap + knobs.labelBias) / spread("B")) });
  const truth = Object.freeze({ people: Object.freeze(people), rates, knobs });
  return shows({ rows, twins, truth }, () => [{ lines: told(story, rows) }, { rows: rows.slice(0, 6) }]);
}

const bit = (holds: boolean): 0 | 1 => (holds ? 1 : 0);

function read(defaults: Required<BiasKnobs>, options: BiasKnobs): Readonly<Required<BiasKnobs>> {
  known(options, Object.keys(defaults));
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const knobs: Required<BiasKnobs> = { ...defaults, ...given };
  whole({ count: knobs.count }, 10);
  within({ count: knobs.count }, 10, 200_000);
  for (const name of ["share", "rate", "qualified"] as const) inside({ [name]: knobs[name] });
  for (const name of ["proxy", "explore"] as const) fraction({ [name]: knobs[name] });
  for (const name of ["baseRateGap", "labelBias"] as const) within({ [name]: knobs[name] }, -3, 3);
  within({ noise: knobs.noise }, 0, 4);
  return Object.freeze(knobs);
}

/** A number of an interval, ends included; else `expected noise from 0 to 4, got 9`. */
export function within(named: Readonly<Record<string, unknown>>, low: number, high: number): number {
  const [name, value] = Object.entries(named)[0]!;
  if (typeof value !== "number" || !(value >= low && value <= high)) throw new RangeError(`expected ${name} from ${low} to ${high.toLocaleString("en-US")}, got ${shown(value)}`);
  return value;
}

/** What can be seen in the table; the truth is not told. */
function told({ who, favour }: Pick<Story<object>, "who" | "favour">, rows: readonly Decided[]): string[] {
  const line = (group: Group): string => {
    const own = rows.filter((row) => row.group === group);
    const yes = own.filter((row) => row.observedLabel === 1).length;
    return `Group ${group}: ${own.length.toLocaleString("en-US")} ${who}, ${yes.toLocaleString("en-US")} ${favour}${own.length ? ` (${((100 * yes) / own.length).toFixed(1)} %)` : ""}`;
  };
  return [`${rows.length.toLocaleString("en-US")} invented ${who}; what really holds of them is in .truth`, line("A"), line("B")];
}
