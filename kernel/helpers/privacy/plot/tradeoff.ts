import { say } from "../../../display/language.js";
import { line } from "../../plot/line.js";
import type { CommonOptions, Figure } from "../../plot/figure.js";
import type { TradeOff } from "../accounting/tradeoff.js";

/**
 * Trade-off curves: how often the best attacker must miss a record, against how often one is accused wrongly. The line "no information" is guessing.
 *
 * @param curves from `privacy.tradeOff`, by name.
 * @example
 * const curve = privacy.tradeOff(privacy.events.gaussian({ noiseMultiplier: 1 }), { kind: "gdp", points: 3 });
 * privacy.plot.tradeOff({ "noise 1": curve }).data.length // 2
 */
export function tradeOff(curves: Readonly<Record<string, TradeOff>>, options: CommonOptions = {}): Figure {
  const points = Object.entries({ [say("no information", "毫无信息")]: { falsePositive: [0, 1], falseNegative: [1, 0] }, ...curves })
    .flatMap(([curve, { falsePositive, falseNegative }]) => falsePositive.map((x, k) => ({ "false positives": x, "false negatives": falseNegative[k]!, curve })));
  return line(points, { x: "false positives", y: "false negatives", series: "curve", markers: false, xLabel: say("false positives", "假阳性"), yLabel: say("false negatives", "假阴性"), ...options });
}
