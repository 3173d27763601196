/** `recommend` in a notebook: ratings, matrix factorisation, implicit feedback, ranking metrics, popularity bias, a made-up shop, A/B tests. */
export type { Id, RatingRow, Ratings } from "./ratings/contract.js";
export { ratings, type RatingsOptions } from "./ratings/read.js";
export { split, type RatingSplit, type RatingSplitOptions } from "./ratings/split.js";
export type { FactorModel, FactorOptions, Recommender } from "./models/contract.js";
export { itemKnn, popularity, type KnnModel, type KnnOptions } from "./models/baselines.js";
export { factorize, type FactorizeOptions } from "./models/sgd.js";
export { als, implicitAls, type AlsOptions, type ImplicitOptions } from "./models/als.js";
export { bpr, type BprOptions } from "./models/bpr.js";
export { top, type Recommendation, type TopOptions } from "./models/top.js";
export { ranking, type RankingQuality } from "./metrics/ranking.js";
export { calibration, exposure, gini, popularityBias, type Calibration, type Exposure, type GroupBias, type Lists } from "./metrics/exposure.js";
export { errors, evaluate, type Evaluation } from "./metrics/evaluate.js";
export { inversePropensity, type LoggedAction, type PolicyValue } from "./policy/ips.js";
export { shop, type Impression, type Shop, type ShopOptions } from "./simulate/shop.js";
export * as abTest from "./ab/index.js";
