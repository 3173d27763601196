import { say } from "../../../display/language.js";
import type { MimeBundle } from "../../../display/contract.js";
import { number } from "../../../display/number.js";
import { bar } from "../../plot/bar.js";
import { figureBundle } from "../show.js";
import type { FlatTree } from "./flat.js";

/** The importances as bars, most first; above them how many trees and what the rows left out say. */
export function forestView({ features, importances, outOfBagScore }: { features: readonly string[]; importances: readonly number[]; outOfBagScore?: number }, trees: readonly FlatTree[], score: string): MimeBundle {
  const order = importances.map((value, feature) => ({ feature: features[feature], importance: value })).sort((a, b) => b.importance - a.importance).slice(0, 20);
  const title = say(`Forest of ${trees.length} trees`, `${trees.length} 棵树的森林`) + (outOfBagScore === undefined ? "" : say(`, out-of-bag ${score} ${number(outOfBagScore, 3)}`, `，袋外 ${score} ${number(outOfBagScore, 3)}`));
  return figureBundle(bar(order, { x: "feature", y: "importance", xLabel: say("feature", "特征"), yLabel: say("importance", "重要性"), title }));
}
