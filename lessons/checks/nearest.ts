/** The name that `text` most likely means, or undefined where none is near. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const scored = names.map((name) => ({ name, score: distance(text.toLowerCase(), name.toLowerCase()) })).sort((a, b) => a.score - b.score);
  const best = scored[0];
  return best && best.score <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Edits (insert, delete, replace) that turn one text into the other. Both are cut at 60 characters. */
function distance(a: string, b: string): number {
  const [left, right] = [a.slice(0, 60), b.slice(0, 60)];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[right.length]!;
}
