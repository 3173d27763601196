/** The majority A and the group B that the biases fall on: invented, and of no meaning but what the knobs give them. */
export type Group = "A" | "B";

/** One knob for each way in which a table about people goes wrong; with all of them at 0, groups differ by chance alone. */
export interface BiasKnobs {
  /** People; 10 to 200,000. */
  count?: number;
  /** Under-representation: share of group B, above 0 and below 1. */
  share?: number;
  /** Share of group A that is decided for; above 0 and below 1. */
  rate?: number;
  /** Share of group A that is truly qualified; above 0 and below 1. */
  qualified?: number;
  /** Base-rate gap: by how many standard deviations B's true skill lies lower, for reasons of history; -3 to 3. */
  baseRateGap?: number;
  /** Proxy strength: share of people whose district tells their group; 0 (the district tells nothing) to 1. */
  proxy?: number;
  /** Label bias: what the people who decided took off B's score, in standard deviations of skill; -3 to 3. */
  labelBias?: number;
  /** Measurement noise: how much noisier B is measured, 0 (alike) to 4 (five times). Skill itself is the same. */
  noise?: number;
  /** Selective labels: the outcome is known only of those who were decided for, and of this share of the others, drawn by lot; 0 to 1. */
  explore?: number;
  /** Default 1. Other knobs at the same seed leave the same people: only what the knob governs changes. */
  seed?: number;
}

/** What is in no table of the real world. */
export interface HiddenPerson {
  /** True skill; group A: mean 0, standard deviation 1. */
  readonly skill: number;
  readonly trueQualified: 0 | 1;
  /** What would have been decided without label bias. */
  readonly fairLabel: 0 | 1;
}

/** Columns that every such table has. */
export interface Decided {
  id: number;
  group: Group;
  /** 1 to 6. With a proxy A lives in 1 to 3, B in 4 to 6. */
  district: number;
  /** What was decided: 1 in favour. */
  observedLabel: 0 | 1;
  /** How it turned out (1 well); null where nobody could see. */
  outcome: 0 | 1 | null;
}

export interface BiasedTable<Row extends Decided> {
  readonly rows: Row[];
  /** Each row again with the group turned, all else as it was: what would have been decided then? For tests of individual fairness. */
  readonly twins: Row[];
  readonly truth: {
    /** Of each row. */
    readonly people: readonly HiddenPerson[];
    /** Shares decided for that the model gives in the long run, by group. */
    readonly rates: Readonly<Record<Group, number>>;
    readonly knobs: Readonly<Required<BiasKnobs>>;
  };
}
