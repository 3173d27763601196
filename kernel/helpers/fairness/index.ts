/** `fairness` in a notebook: metrics by group, mitigation before, in and after training, a report. */
export { byGroup, type ByGroup, type ByGroupInput, type Stratum } from "./measure/by-group.js";
export type { Bootstrap, Interval, Intervals } from "./measure/bootstrap.js";
export { calibration, calibrationParityDifference, calibrationParityRatio, type CalibrationInput, type GroupCalibration } from "./measure/calibration.js";
export { multiclass, type Multiclass, type MulticlassInput } from "./measure/classes.js";
export { consistency, type ConsistencyInput } from "./measure/consistency.js";
export { counterfactualFlips, type Flips, type FlipsInput } from "./measure/flips.js";
export type { Groups } from "./measure/groups.js";
export { errorRateRelation, impossibility, type ErrorRates, type Impossibility } from "./measure/impossibility.js";
export { betweenGroupEntropyIndex, generalizedEntropyIndex, theilIndex, type InequalityInput } from "./measure/inequality.js";
export type { Label, Labels } from "./measure/labels.js";
export type { Metric, MetricName, MetricRows, Metrics } from "./measure/metrics.js";
export {
  demographicParityDifference, demographicParityRatio, equalizedOddsDifference, equalizedOddsRatio, equalOpportunityDifference, equalOpportunityRatio,
  errorRateParityDifference, errorRateParityRatio, predictiveParityDifference, predictiveParityRatio, type OddsInput, type ParityInput,
} from "./measure/parity.js";
export {
  averageAbsoluteOddsDifference, averageOddsDifference, disparateImpact, errorRateDifference, falseNegativeRateDifference, falsePositiveRateDifference,
  statisticalParityDifference, truePositiveRateDifference, type PrivilegedInput,
} from "./measure/privileged.js";
export { distributionParityDifference, type DistributionInput } from "./measure/regression.js";
export type { Spread } from "./measure/spread.js";
export type { Warning } from "./measure/warnings.js";
export type { Model } from "./model.js";
export { reweighing, type Reweighing, type ReweighingInput } from "./before/reweighing.js";
export { correlationRemover, type CorrelationInput, type CorrelationRemoval } from "./before/correlation.js";
export { disparateImpactRepair, type Repair, type RepairInput } from "./before/repair.js";
export { exponentiatedGradient, type ExponentiatedGradientInput, type RandomizedClassifier } from "./during/exponentiated-gradient.js";
export { gridSearch, type GridPoint, type GridSearch, type GridSearchInput } from "./during/grid-search.js";
export type { Learner } from "./during/learner.js";
export { logistic, type LogisticLearner, type LogisticOptions, type LogisticPredictor } from "./during/logistic.js";
export type { Constraint } from "./during/moments.js";
export { thresholdOptimizer, type GroupRule, type ThresholdInput, type ThresholdPolicy } from "./after/thresholds.js";
export { adversarialDebiasing, type AdversarialInput, type AdversarialModel } from "./during/adversarial.js";
export { equalizedOdds, type EqualizedOdds, type EqualizedOddsInput } from "./after/equalized-odds.js";
export { rejectOption, type RejectOption, type RejectOptionInput } from "./after/reject-option.js";
export { labelBias, type AnnotatorBias, type LabelBias, type LabelBiasInput } from "./labels/label-bias.js";
export { report, type Report, type ReportInput } from "./report/report.js";
