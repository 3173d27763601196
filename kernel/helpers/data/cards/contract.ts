/** What a data card says of a table of your own. Everything in it is for people; nothing is checked against the world. */
export interface CardText {
  readonly name: string;
  readonly title: string;
  /** An SPDX id such as "CC-BY-4.0": see `data.licence`. */
  readonly license: string;
  /** Where it comes from: who collected it, when, how, from whom. */
  readonly source: string;
  readonly citation?: string;
  /** What it was made for, and what it should be used for. */
  readonly purpose?: string;
  /** What it should not be used for. */
  readonly misuse?: string;
  /** Columns that say, or stand in for, who somebody is. Default: those whose names say so. */
  readonly protected?: readonly string[];
  readonly knownFaults?: readonly string[];
  /** Who is in the data, who is not; whether they agreed. */
  readonly people?: string;
  /** Who looks after it. */
  readonly contact?: string;
}
