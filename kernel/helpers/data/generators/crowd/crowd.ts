import { say } from "../../../../display/language.js";
import { fraction, known, nonNegative, oneOf, sameLength, shown, whole } from "../../../arguments.js";
import { random, type Random } from "../../random.js";
import { shows } from "../../statistics/show.js";
import type { Crowd, CrowdClass, CrowdLabel, CrowdOptions, CrowdWorker, SharedHabit, WorkerKind } from "./contract.js";
import { shiftsOf } from "./shifts.js";
import { confusionOf, drawFrom, type Likeness } from "./workers.js";

const kinds: readonly WorkerKind[] = ["expert", "average", "confuser", "spammer", "oneButton", "adversary"];
const usual: Readonly<Partial<Record<WorkerKind, number>>> = { expert: 2, average: 6, confuser: 1, spammer: 2, oneButton: 1 };
const usualAccuracy = { expert: 0.95, average: 0.75, confuser: 0.9, adversary: 0.1 };
const optionNames = ["workers", "classes", "accuracy", "confusable", "labelsPerItem", "difficulty", "fatigue", "gold", "habits", "price", "seed"];

/**
 * A simulated crowd: who would have labelled these items how, with the hidden truth about every worker, to grade estimates by. Workers follow Dawid and Skene (1979), a confusion matrix each;
 * items differ in difficulty as in GLAD (Whitehill et al. 2009). With five classes the defaults give labels that are right about 60 % of the time; the vote of three is right on about 74 % of the items, of five on 82 %.
 *
 * A careful worker who cannot tell (as often as the item's difficulty says) or is tired guesses; spammers and `oneButton` never look. Names of workers say nothing about their kind.
 *
 * @param truth the true class of each item.
 * @returns `annotations` for the `label` room, the gold questions, the bill, and `truth`, which its picture does not show.
 * @throws `expected at least one item, got none`; `expected labelsPerItem <= 2, the number of workers, got 3`; `unknown class: x in confusable`; `expected difficulty of mean 0 to 0.5, got 0.9`.
 * @example
 * const crowd = data.crowd(["cat", "dog", "cat", "dog"], { workers: { expert: 3 }, accuracy: { expert: 1 }, difficulty: 0, seed: 1 });
 * crowd.annotations.length // 12
 * crowd.cost // 0.24
 * label.majorityVote(crowd.annotations).labels // ["cat", "dog", "cat", "dog"]
 * crowd.truth.workers[0].kind // "expert"
 */
export function crowd<L extends CrowdClass>(truth: readonly L[], options: CrowdOptions<L> = {}): Crowd<L> {
  known(options, optionNames);
  if (!Array.isArray(truth)) throw new TypeError(`expected truth as a list of classes, got ${shown(truth)}`);
  if (truth.length === 0) throw new RangeError("expected at least one item, got none");
  const classes = options.classes ? [...options.classes] : classesOf(truth);
  if (classes.length < 2) throw new RangeError(`expected at least 2 classes, got ${classes.length}`);
  const codes = truth.map((name) => place(name, classes, "truth"));
  const like = likeness(options.confusable ?? [], classes);
  const price = nonNegative({ price: options.price ?? 0.02 });
  const tired = fraction({ fatigue: options.fatigue ?? 0 });
  const draw = random(options.seed ?? 1);
  const crew = draw.shuffle(crewOf(options.workers ?? usual));
  const each = whole({ labelsPerItem: options.labelsPerItem ?? 3 }, 1);
  if (each > crew.length) throw new RangeError(`expected labelsPerItem <= ${crew.length}, the number of workers, got ${each}`);

  const accuracy = accuracyOf(options.accuracy ?? {});
  const habits = (options.habits ?? []).map((habit) => readHabit(habit, classes, truth.length));
  const owners = habits.map(({ share }) => new Set(draw.shuffle(crew.map((_, w) => w)).slice(0, Math.round(share * crew.length))));
  const workers = crew.map((kind, w): CrowdWorker => ({
    annotator: `w${String(w + 1).padStart(String(crew.length).length, "0")}`,
    kind,
    confusion: confusionOf(kind, accuracy[kind as keyof typeof accuracy] ?? 1, like, draw),
    habits: habits.flatMap((_, h) => (owners[h]!.has(w) ? [h] : [])),
  }));
  const difficulty = difficultyOf(options.difficulty ?? 0.1, truth.length, draw);
  const gold = goldOf(options.gold ?? 0, truth.length, draw);

  const annotations = shiftsOf(truth.length, crew.length, each, gold, draw).flatMap((shift, w) => {
    const { annotator, kind, confusion, habits: own } = workers[w]!;
    return shift.map((item, turn): CrowdLabel<L> => {
      const k = codes[item]!;
      let given = drawFrom(confusion[k]!, draw);
      if (kind !== "spammer" && kind !== "oneButton") {
        const habit = own.map((h) => habits[h]!).find(({ items, from }) => from === k && items.has(item));
        if (habit) given = habit.to;
        else if (draw.uniform() < difficulty[item]!) given = [k, ...like[k]!][draw.integer(0, like[k]!.length)]!;
        if (draw.uniform() < (tired * turn) / Math.max(1, shift.length - 1)) given = draw.integer(0, classes.length - 1);
      }
      return { item, annotator, label: classes[given]!, turn };
    });
  }).sort((a, b) => a.item - b.item || (a.annotator < b.annotator ? -1 : 1));

  const cost = Math.round(annotations.length * price * 1e6) / 1e6;
  const made: Crowd<L> = { annotations, classes, gold, cost, truth: Object.freeze({ labels: [...truth], difficulty, workers }) };
  return shows(made, () => [{ lines: [say(`A simulated crowd: ${annotations.length} labels by ${crew.length} workers for ${truth.length} items${gold.length ? `, ${gold.length} of them gold questions` : ""}; cost ${cost}`, `模拟众包：${crew.length} 名标注者为 ${truth.length} 个条目给出 ${annotations.length} 个标签${gold.length ? `，其中 ${gold.length} 个为黄金题` : ""}；成本 ${cost}`)] }]);
}

function classesOf<L extends CrowdClass>(truth: readonly L[]): L[] {
  return [...new Set(truth)].sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1));
}

function place<L extends CrowdClass>(name: L, classes: readonly L[], where: string): number {
  const at = classes.indexOf(name);
  if (at < 0) throw new RangeError(`unknown class: ${String(name)} in ${where} (classes: ${classes.join(", ")})`);
  return at;
}

/** Without any set, nothing looks alike, and who cannot tell guesses among all. */
function likeness<L extends CrowdClass>(sets: readonly (readonly L[])[], classes: readonly L[]): Likeness {
  const like = classes.map(() => new Set<number>());
  for (const set of sets) {
    const members = set.map((name) => place(name, classes, "confusable"));
    for (const a of members) for (const b of members) if (a !== b) like[a]!.add(b);
  }
  if (sets.length === 0) return classes.map((_, k) => classes.flatMap((__, j) => (j === k ? [] : [j])));
  return like.map((set) => [...set].sort((a, b) => a - b));
}

function crewOf(counts: Readonly<Partial<Record<WorkerKind, number>>>): WorkerKind[] {
  const crew = Object.entries(counts).flatMap(([kind, count]) => new Array<WorkerKind>(whole({ [`workers.${kind}`]: count })).fill(oneOf({ "kind of worker": kind }, kinds)));
  if (crew.length === 0) throw new RangeError("expected at least one worker, got none");
  return crew;
}

function accuracyOf(given: NonNullable<CrowdOptions["accuracy"]>): typeof usualAccuracy {
  known(given, Object.keys(usualAccuracy));
  for (const [kind, value] of Object.entries(given)) fraction({ [`accuracy.${kind}`]: value });
  return { ...usualAccuracy, ...given };
}

/** Of mean m: uniform numbers to the power 1 / m - 1, so that most are small and some near 1. */
function difficultyOf(given: number | readonly number[], items: number, draw: Random): readonly number[] {
  if (typeof given !== "number") {
    sameLength({ truth: { length: items }, difficulty: given });
    return given.map((value, i) => fraction({ [`difficulty[${i}]`]: value }));
  }
  if (!(given >= 0 && given <= 0.5)) throw new RangeError(`expected difficulty of mean 0 to 0.5, got ${shown(given)}`);
  return Array.from({ length: items }, () => (given === 0 ? 0 : draw.uniform() ** (1 / given - 1)));
}

function goldOf(given: number | readonly number[], items: number, draw: Random): readonly number[] {
  if (typeof given === "number") return draw.shuffle(Array.from({ length: items }, (_, i) => i)).slice(0, Math.round(fraction({ gold: given }) * items)).sort((a, b) => a - b);
  return [...new Set(given.map((item) => itemOf(item, items, "gold")))].sort((a, b) => a - b);
}

function readHabit<L extends CrowdClass>({ items, from, to, share }: SharedHabit<L>, classes: readonly L[], count: number) {
  return { items: new Set(items.map((item) => itemOf(item, count, "habits"))), from: place(from, classes, "habits"), to: place(to, classes, "habits"), share: fraction({ "habits share": share }) };
}

function itemOf(item: number, items: number, where: string): number {
  if (!Number.isInteger(item) || item < 0 || item >= items) throw new RangeError(`expected places of items below ${items} in ${where}, got ${shown(item)}`);
  return item;
}
