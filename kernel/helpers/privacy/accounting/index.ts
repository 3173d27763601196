/** How much privacy was spent: events, accountants, calibration, statements. */
export { accountant, delta, epsilon, restoreAccountant } from "./accountant.js";
export type { Accountant, AccountantOptions, AccountantState, GdpOptions, PldOptions, RdpOptions, Spent } from "./contract.js";
export type { PrivacyEvent } from "./events/event.js";
export { noiseMultiplierOf } from "./events/fold.js";
export * as events from "./events/index.js";
export { UnsupportedEventError, type Neighbours } from "./events/refuse.js";
export { analyticGaussian, classicalGaussian, gaussianDelta } from "./gaussian.js";
export { renyiDelta, renyiEpsilon } from "./rdp/convert.js";
export { defaultOrders, type RdpRule } from "./rdp/orders.js";
export { calibrate, calibrateEvent, type CalibrateOptions, type Calibration } from "./calibrate/calibrate.js";
export { dpsgd, type DpsgdCost, type DpsgdOptions } from "./dpsgd.js";
export { userEpsilon } from "./group.js";
export { statement, type Statement, type StatementOptions } from "./statement/statement.js";
export { tradeOff, tradeOffOf, type TradeOff } from "./tradeoff.js";
