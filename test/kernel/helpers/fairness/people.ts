import { random } from "../../../../kernel/helpers/data/random.js";

/** Repeatable rows of a decision whose base rate, score and group go together. */
export function people(n: number, seed: number, groups: readonly string[] = ["a", "b", "c"]) {
  const generator = random(seed);
  const group = Array.from({ length: n }, () => groups[generator.integer(0, groups.length - 1)]);
  const skill = group.map((name) => generator.normal() + 0.6 * groups.indexOf(name));
  const truth = skill.map((value) => Number(value + 0.5 * generator.normal() > 0.4));
  const scores = skill.map((value, i) => 1 / (1 + Math.exp(-value - 0.3 * groups.indexOf(group[i]))));
  const predicted = scores.map((score) => Number(score > 0.6));
  const weights = group.map(() => 0.2 + generator.uniform());
  return { group, truth, predicted, scores, weights, rows: skill.map((value, i) => [value, groups.indexOf(group[i]), generator.normal()]) };
}

/** Runs `action` and gives back what it wrote with console.warn. */
export function warned<T>(action: () => T): { value: T; messages: string[] } {
  const [messages, original]: [string[], typeof console.warn] = [[], console.warn];
  console.warn = (...words: unknown[]) => void messages.push(words.join(" "));
  try {
    return { value: action(), messages };
  } finally {
    console.warn = original;
  }
}
