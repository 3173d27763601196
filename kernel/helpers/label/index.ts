/** `label` in a notebook: labelling sessions, agreement, aggregation of labels, weak supervision, active learning. */
export type { AnnotationRow, Annotations, ClassOptions, Label } from "./annotations/contract.js";
export { cohenKappa, type CohenOptions } from "./agreement/cohen.js";
export { fleissKappa } from "./agreement/fleiss.js";
export { krippendorffAlpha, type KrippendorffOptions, type Level } from "./agreement/krippendorff.js";
export { majorityVote } from "./aggregate/majority.js";
export { dawidSkene, type DawidSkene } from "./aggregate/dawid-skene.js";
export { oneCoin, type OneCoin } from "./aggregate/one-coin.js";
export { glad, type Glad, type GladOptions } from "./aggregate/glad.js";
export { mace, type Mace, type MaceOptions } from "./aggregate/mace.js";
export type { Aggregation, Iterated, IterationOptions } from "./aggregate/result.js";
