export { epsilonLowerBound, gdpConversion, gdpLowerBound, type AttackCounts, type AuditOptions, type EpsilonBound } from "./clopper-pearson.js";
export { canaryExposure } from "./exposure.js";
export { likelihoodRatioAttack, logitOfLoss, type LiraData, type LiraOptions } from "./lira.js";
export { lossThresholdAttack } from "./membership.js";
export { oneRunAudit, oneRunPValue, type OneRunCounts } from "./one-run.js";
export { attackRoc, plotRoc, tprAtFpr, type AttackRoc, type AttackScores, type RocPoint, type TprOptions } from "./roc.js";
export { auditScores, type ScoreAudit, type ScoreAuditOptions } from "./scores.js";
