import { say } from "../../../display/language.js";
import { finite, fraction, known, nonNegative, oneOf, positive, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import { compress } from "../structure/build.js";
import type { Graph } from "../structure/contract.js";
import { showLine } from "../structure/show.js";

export interface GenerateOptions {
  /** Default 300. */
  nodes?: number;
  /** Classes of equal size (to one); default 3. */
  classes?: number;
  /** Mean number of edges at a node; default 6. */
  degree?: number;
  /** Share of edges within a class, in the mean: 1 / classes tells nothing, below that neighbours differ. Default 0.8. */
  homophily?: number;
  /** Numbers in a row of features; default 16. */
  features?: number;
  /** How much features tell: 0 nothing. "normal": distance of class means in standard deviations; "words": 1 doubles the chance of a class's own words. Default 1. */
  signal?: number;
  /** "normal": a class's mean plus noise of variance 1; "words": 0 or 1, each class has own words that are more frequent. Default "normal". */
  kind?: "normal" | "words";
  /** Words: mean number in a row; default an eighth of `features`. */
  words?: number;
  /** Default 1. */
  seed?: number;
}

export interface GeneratedGraph {
  readonly graph: Graph;
  /** A row of features a node. */
  readonly x: readonly (readonly number[])[];
  /** The class of each node, 0, 1, ... */
  readonly labels: readonly number[];
  /** What made the data, for judging: no model may see it. */
  readonly truth: {
    readonly homophily: number;
    readonly signal: number;
    /** "normal": the mean of each class; "words": the chance of each word in each class. */
    readonly centres: readonly (readonly number[])[];
  };
}

/**
 * A graph with classes, edges and features from a stochastic block model (contextual SBM): two knobs, how far edges and how far features tell the
 * class. With homophily and weak features a graph network beats one without edges; without homophily it need not.
 *
 * Exactly nodes * degree / 2 edges, rounded: each joins two nodes of a class with chance `homophily`, else two of different classes.
 * @throws `expected nodes >= ...`; `expected room for 500 edges ...`: more edges than pairs.
 * Source: Deshpande et al. 2018.
 * @example
 * const made = graph.generate({ nodes: 60, classes: 2, degree: 4, homophily: 1 });
 * made.graph.edges // 120
 * graph.homophily(made.graph, made.labels).edge // 1
 */
export function generate(options: GenerateOptions = {}): GeneratedGraph {
  known(options, ["nodes", "classes", "degree", "homophily", "features", "signal", "kind", "words", "seed"]);
  const classes = whole({ classes: options.classes ?? 3 }, 1);
  const nodes = whole({ nodes: options.nodes ?? 300 }, 2 * classes);
  const degree = nonNegative({ degree: options.degree ?? 6 });
  const homophily = fraction({ homophily: options.homophily ?? 0.8 });
  const features = whole({ features: options.features ?? 16 }, 1);
  const signal = nonNegative({ signal: options.signal ?? 1 });
  const kind = oneOf({ kind: options.kind ?? "normal" }, ["normal", "words"]);
  const words = positive({ words: options.words ?? Math.max(1, features / 8) });
  finite({ seed: options.seed ?? 1 });
  const draw = random(options.seed ?? 1);
  const labels = draw.shuffle(Array.from({ length: nodes }, (_, at) => at % classes));
  const graph = compress(drawEdges(labels, classes, Math.round((nodes * degree) / 2), homophily, draw), labels.map((_, at) => String(at)), false);
  const centres = kind === "normal" ? classMeans(classes, features, signal, draw) : wordChances(classes, features, words, signal, draw);
  const x = labels.map((label) => centres[label].map((centre) => (kind === "normal" ? centre + draw.normal() : Number(draw.uniform() < centre))));
  return showLine({ graph, x, labels, truth: { homophily, signal, centres } }, () => say(`${nodes} nodes in ${classes} classes, ${graph.edges} edges (homophily ${homophily}), ${features} features (${kind}, signal ${signal}).`, `${classes} 类共 ${nodes} 个节点，${graph.edges} 条边（同质性 ${homophily}），${features} 个特征（${kind}，信号 ${signal}）。`));
}

function drawEdges(labels: readonly number[], classes: number, count: number, homophily: number, draw: Random): [number, number, number][] {
  const members = Array.from({ length: classes }, (_, label) => labels.flatMap((other, node) => (other === label ? [node] : [])));
  const within = members.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  const between = (labels.length * (labels.length - 1)) / 2 - within;
  if (classes === 1 && homophily < 1) throw new RangeError(`expected homophily 1 with one class, got ${homophily}`);
  if (count * homophily > 0.8 * within || count * (1 - homophily) > 0.8 * between) throw new RangeError(`expected room for ${count} edges of homophily ${homophily}, got ${within} pairs within classes and ${between} between: more nodes or a lower degree`);
  const n = labels.length;
  const taken = new Set<number>();
  const edges: [number, number, number][] = [];
  const pick = (list: readonly number[]) => list[draw.integer(0, list.length - 1)];
  while (edges.length < count) {
    const alike = draw.uniform() < homophily;
    // The kind of an edge is settled first: a pair that is taken is drawn again, not a kind.
    for (;;) {
      const a = draw.integer(0, n - 1);
      const b = alike ? pick(members[labels[a]]) : draw.integer(0, n - 1);
      const key = Math.min(a, b) * n + Math.max(a, b);
      if (a === b || (labels[a] === labels[b]) !== alike || taken.has(key)) continue;
      taken.add(key);
      edges.push([Math.min(a, b), Math.max(a, b), 1]);
      break;
    }
  }
  return edges;
}

/** Directions at random, so far from zero that any two class means are about `signal` apart. */
function classMeans(classes: number, features: number, signal: number, draw: Random): number[][] {
  return Array.from({ length: classes }, () => {
    const direction = Array.from({ length: features }, () => draw.normal());
    const length = Math.hypot(...direction);
    return direction.map((value) => (value / length) * signal * Math.SQRT1_2);
  });
}

/** Every class has its own part of the words, which are 1 + signal times as frequent in it. */
function wordChances(classes: number, features: number, words: number, signal: number, draw: Random): number[][] {
  if (words * (1 + signal) > features) throw new RangeError(`expected words * (1 + signal) <= features = ${features}, got ${words * (1 + signal)}`);
  const owner = draw.shuffle(Array.from({ length: features }, (_, word) => word % classes));
  return Array.from({ length: classes }, (_, label) => {
    const raw: number[] = owner.map((own) => (own === label ? 1 + signal : 1));
    const sum = raw.reduce((total, value) => total + value, 0);
    return raw.map((value) => (value * words) / sum);
  });
}
