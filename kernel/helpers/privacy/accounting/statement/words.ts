import type { DpsgdCost } from "../dpsgd.js";
import type { Neighbours } from "../events/refuse.js";

export interface Figures extends DpsgdCost {
  readonly examples: number;
  readonly batchSize: number;
  readonly noiseMultiplier: number;
  readonly recordsPerUser: number;
  readonly userEpsilon: number;
  readonly userEpsilonWithoutSampling: number;
  readonly accountant: "rdp" | "pld" | "gdp";
  readonly neighbours: Neighbours;
}

/** Rounded up: a statement must not promise more than was computed. */
function up(epsilon: number): string {
  if (!Number.isFinite(epsilon)) return "∞";
  const digits = epsilon < 10 ? 3 : 2;
  return (Math.ceil(epsilon * 10 ** digits - 1e-9) / 10 ** digits).toFixed(digits);
}

const methods = {
  en: { rdp: "Rényi accounting", pld: "privacy loss distributions", gdp: "Gaussian differential privacy" },
  zh: { rdp: "Rényi 差分隐私核算", pld: "隐私损失分布", gdp: "高斯差分隐私" },
};
const relations = {
  en: { "add-or-remove-one": "one example is added or removed", "replace-one": "one example is replaced by any other", "replace-special": "one example is replaced by an empty one" },
  zh: { "add-or-remove-one": "增加或删除一个样本", "replace-one": "把一个样本换成任意另一个样本", "replace-special": "把一个样本换成空样本" },
};

export function english(f: Figures): string {
  const counts = new Intl.NumberFormat("en-US");
  const lines = [
    `**Privacy of this training** (DP-SGD; ${methods.en[f.accountant]}, an upper bound)`,
    "",
    `- ${counts.format(f.examples)} examples, batches of about ${counts.format(f.batchSize)}, ${counts.format(f.steps)} steps, noise multiplier ${f.noiseMultiplier}, δ = ${f.delta}.`,
    `- Neighbouring data sets: ${relations.en[f.neighbours]}.`,
    `- **ε = ${up(f.epsilon)}** for one example, if every batch was drawn anew by Poisson sampling, each example with probability ${Number(f.rate.toPrecision(4))}.`,
    `- **ε = ${up(f.epsilonWithoutSampling)}** for one example, if the data were cut into batches in any order (shuffled, or not), each example used once in each of ${f.epochs} passes. No help from sampling is claimed here.`,
  ];
  if (f.recordsPerUser > 1) {
    lines.push(`- For a person with up to ${f.recordsPerUser} examples: **ε = ${up(f.userEpsilon)}** with Poisson sampling, **ε = ${up(f.userEpsilonWithoutSampling)}** without.`);
  } else lines.push("- A person with several examples is protected less than this says; give `recordsPerUser` for that figure.");
  lines.push(
    "",
    "It takes for granted that each example's gradient was clipped, that the sum was divided by a public number and not by the size of the batch, that the noise came from a secure source, and that the number of examples is public.",
    "It does not cover anything else computed from the data: choosing hyperparameters, metrics on the training set, preprocessing, an earlier training.",
  );
  if (f.delta >= 1 / f.examples) lines.push("", `**Warning:** δ = ${f.delta} is not smaller than 1 / examples: a mechanism that publishes one whole record could satisfy it.`);
  return lines.join("\n");
}

export function chinese(f: Figures): string {
  const counts = new Intl.NumberFormat("zh-CN");
  const lines = [
    `**本次训练的隐私保证**（DP-SGD；${methods.zh[f.accountant]}，结果是上界）`,
    "",
    `- 样本 ${counts.format(f.examples)} 个，每批约 ${counts.format(f.batchSize)} 个，共 ${counts.format(f.steps)} 步，噪声倍数 ${f.noiseMultiplier}，δ = ${f.delta}。`,
    `- 相邻数据集：${relations.zh[f.neighbours]}。`,
    `- 单个样本 **ε = ${up(f.epsilon)}**：前提是每一批都重新做泊松采样，每个样本以概率 ${Number(f.rate.toPrecision(4))} 独立入选。`,
    `- 单个样本 **ε = ${up(f.epsilonWithoutSampling)}**：数据以任意顺序（打乱与否）切成批，共 ${f.epochs} 轮，每轮每个样本只用一次。这里不计采样带来的放大效果。`,
  ];
  if (f.recordsPerUser > 1) {
    lines.push(`- 一个人最多有 ${f.recordsPerUser} 个样本时：泊松采样下 **ε = ${up(f.userEpsilon)}**，不计采样时 **ε = ${up(f.userEpsilonWithoutSampling)}**。`);
  } else lines.push("- 若一个人有多个样本，实际保护弱于以上数字；请给出 `recordsPerUser` 以得到对应的数字。");
  lines.push(
    "",
    "以上结论假定：每个样本的梯度都经过裁剪；梯度之和除以公开的常数，而不是实际批大小；噪声来自安全的随机源；样本总数是公开信息。" // one line: a break would show as a space
      + "以上结论不包括用这些数据做的其他计算：选择超参数、训练集上的指标、预处理，以及更早的训练。",
  );
  if (f.delta >= 1 / f.examples) lines.push("", `**警告**：δ = ${f.delta} 不小于样本数的倒数：直接公开一条完整记录的做法也可能满足它。`);
  return lines.join("\n");
}
