import type { Predictor } from "../model/predictor.js";
import { batchRows } from "../model/predictor.js";
import type { Table } from "../table.js";

/**
 * The cooperative game behind Shapley values: v(S) is the mean prediction over the background when the columns of S are the row's
 * and the others the background's. Coalitions are rows of 0 and 1, `players` long; player i is column `columns[i]`.
 */
export async function playGame(predict: Predictor, x: Float64Array, background: Table, columns: readonly number[], coalitions: Uint8Array, count: number, worth: Float64Array, buffer: Float64Array): Promise<void> {
  const { width, rows } = background;
  const players = columns.length;
  const atOnce = coalitionsAtOnce(background);
  const block = rows * width;
  for (let from = 0; from < count; from += atOnce) {
    const now = Math.min(atOnce, count - from);
    for (let c = 0; c < now; c++) {
      const at = c * block;
      buffer.set(background.values, at);
      for (let player = 0; player < players; player++) {
        if (coalitions[(from + c) * players + player] === 0) continue;
        const value = x[columns[player]];
        for (let cell = at + columns[player]; cell < at + block; cell += width) buffer[cell] = value;
      }
    }
    const answers = await predict(buffer, now * rows);
    for (let c = 0; c < now; c++) {
      let sum = 0;
      for (let r = c * rows; r < (c + 1) * rows; r++) sum += answers[r];
      worth[from + c] = sum / rows;
    }
  }
}

const coalitionsAtOnce = ({ rows }: Table) => Math.max(1, Math.floor(batchRows / rows));

export const gameBuffer = (background: Table): Float64Array => new Float64Array(coalitionsAtOnce(background) * background.rows * background.width);

/** Columns whose value differs from the background's somewhere: the others have a Shapley value of exactly 0. */
export function playersOf(x: Float64Array, { values, rows, width }: Table): number[] {
  const players: number[] = [];
  for (let column = 0; column < width; column++) {
    for (let row = 0; row < rows; row++) {
      if (values[row * width + column] === x[column]) continue;
      players.push(column);
      break;
    }
  }
  return players;
}
