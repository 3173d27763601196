/** `data` in a notebook: load a data set, read its card, split it, turn columns into numbers. */
export { load } from "./load.js";
export { card, type DataCard } from "./card.js";
export { split, type Split, type SplitOptions } from "./split.js";
export { matrix, column } from "./matrix.js";
export { standardize, type Standardizer } from "./standardize.js";
export { random, type Random } from "./random.js";
export type { AmesHouse, BostonTract, Datasets, DatasetName } from "./datasets.js";
