import { fraction, known, whole } from "../../arguments.js";
import type { Label } from "../annotations/contract.js";
import { readProbabilities, type Probabilities } from "../model.js";

export interface PseudoOptions<L extends Label = Label> {
  /** Take items whose top probability is at least this. Default 0.95. Not together with `share`. */
  threshold?: number;
  /** Take this share of the items instead, the surest first: the curriculum's step. */
  share?: number;
  classes?: readonly L[];
}

export interface PseudoLabel<L extends Label = Label> {
  readonly index: number;
  readonly label: L;
  readonly confidence: number;
}

/**
 * The predictions that are sure enough to train on, the surest first. They carry the model's errors: keep people's labels apart from them.
 *
 * @param probabilities rows of class probabilities, or a tensor.
 * @throws `expected threshold or share, got both`; `expected threshold from 0 to 1, got 2`.
 * Source: Lee 2013 (threshold); Cascante-Bonilla et al. 2021 (share, as a curriculum).
 * @example
 * label.pseudoLabels([[0.97, 0.03], [0.6, 0.4], [0.01, 0.99]]) // [{ index: 2, label: 1, confidence: 0.99 }, { index: 0, label: 0, confidence: 0.97 }]
 */
export function pseudoLabels<L extends Label = number>(probabilities: Probabilities, options: PseudoOptions<L> = {}): readonly PseudoLabel<L>[] {
  known(options, ["threshold", "share", "classes"]);
  if (options.threshold !== undefined && options.share !== undefined) throw new TypeError("expected threshold or share, got both");
  const rows = readProbabilities(probabilities, "probabilities");
  const classes = options.classes ?? (rows[0]!.map((_, k) => k) as unknown as readonly L[]);
  if (classes.length !== rows[0]!.length) throw new RangeError(`expected classes of length ${rows[0]!.length} like the columns of probabilities, got ${classes.length}`);
  const all = rows.map((row, index) => {
    const confidence = Math.max(...row);
    return { index, label: classes[row.indexOf(confidence)]!, confidence };
  }).sort((a, b) => b.confidence - a.confidence || a.index - b.index);
  if (options.share !== undefined) return Object.freeze(all.slice(0, Math.round(fraction({ share: options.share }) * all.length)));
  const threshold = fraction({ threshold: options.threshold ?? 0.95 });
  return Object.freeze(all.filter(({ confidence }) => confidence >= threshold));
}

export interface SelfTrainingData<Item, L extends Label = Label> {
  readonly items: readonly Item[];
  /** null: not labelled. */
  readonly labels: readonly (L | null)[];
}

export interface SelfTrainingOptions<Item, L extends Label = Label> {
  /** Trains a fresh model and gives its class probabilities for any items. */
  fit(items: readonly Item[], labels: readonly L[]): ((items: readonly Item[]) => Probabilities | Promise<Probabilities>) | Promise<(items: readonly Item[]) => Probabilities | Promise<Probabilities>>;
  classes: readonly L[];
  /** Every round trains from nothing on people's labels and the surest share of the rest: 1/rounds, 2/rounds, ... 1. Default 5. */
  rounds?: number;
  /** Take by this threshold in every round instead of by growing shares. */
  threshold?: number;
}

/**
 * Self-training with a curriculum: label the surest of the unlabelled items, train anew, repeat. Pseudo-labels of a round never bind the next one.
 *
 * @returns labels for all items (people's own unchanged; null where a threshold left the item out), and how many pseudo-labels each round used.
 * @throws `expected at least one labelled item, got none`; `expected labels of length 3 like items, got 2`.
 * Source: Cascante-Bonilla et al. 2021.
 * @example
 * const fit = (x, y) => (items) => items.map((v) => (Math.abs(v - x[y.indexOf(0)]) < Math.abs(v - x[y.indexOf(1)]) ? [0.9, 0.1] : [0.1, 0.9]));
 * (await label.selfTraining({ items: [1, 9, 2, 8], labels: [0, 1, null, null] }, { fit, classes: [0, 1] })).labels // [0, 1, 0, 1]
 */
export async function selfTraining<Item, L extends Label>(data: SelfTrainingData<Item, L>, options: SelfTrainingOptions<Item, L>): Promise<{ readonly labels: readonly (L | null)[]; readonly used: readonly number[] }> {
  known(options, ["fit", "classes", "rounds", "threshold"]);
  const { items, labels } = data;
  if (labels.length !== items.length) throw new RangeError(`expected labels of length ${items.length} like items, got ${labels.length}`);
  const rounds = whole({ rounds: options.rounds ?? 5 }, 1);
  const open = items.flatMap((_, i) => (labels[i] === null ? [i] : []));
  if (open.length === items.length) throw new RangeError("expected at least one labelled item, got none");
  let found: (L | null)[] = [...labels];
  const used: number[] = [];
  for (let round = 1; round <= rounds && open.length > 0; round++) {
    const training = items.flatMap((_, i) => (found[i] === null ? [] : [i]));
    const predict = await options.fit(training.map((i) => items[i]!), training.map((i) => found[i]!));
    const picked = pseudoLabels(await predict(open.map((i) => items[i]!)), { classes: options.classes, ...(options.threshold === undefined ? { share: round / rounds } : { threshold: options.threshold }) });
    found = [...labels];
    for (const { index, label } of picked) found[open[index]!] = label;
    used.push(picked.length);
  }
  return Object.freeze({ labels: found, used });
}
