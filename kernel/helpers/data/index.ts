/** `data` in a notebook: read, look, clean, encode, check, split, make up, damage and describe tables. */
// data sets that ship with the course
export { load } from "./load.js";
export { card, type DataCard } from "./card.js";
export type * from "./datasets.js";
// tables
export { table, Table } from "./table/table.js";
export type { AnyRow, Rows } from "./table/rows.js";
export type { Kind } from "./table/kind.js";
export { matrix, column } from "./matrix.js";
export { random, type Random } from "./random.js";
export { desc, op } from "arquero";
// reading
export type { ReadOptions, Source } from "./read/bytes.js";
export { parseCsv, readCsv, type ParseCsvOptions, type ReadCsvOptions } from "./read/csv.js";
export { detectDelimiter } from "./read/delimiter.js";
export { detectEncoding, type Encoding } from "./read/encoding.js";
export { readIdx, type Idx, type IdxArray } from "./read/idx.js";
export { readImage, type Image, type ReadImageOptions } from "./read/image.js";
export { readJson, readJsonLines, type ReadJsonOptions } from "./read/json.js";
export { readParquet, type ReadParquetOptions } from "./read/parquet.js";
export { read } from "./read/read.js";
export { upload, type Upload, type UploadedFile, type UploadOptions } from "./read/upload.js";
// looking
export { profile, type ProfileOptions } from "./profile/profile.js";
export type { ColumnProfile, NumberSummary, Profile, ProfileWarning, WarningKind } from "./profile/contract.js";
export { fences, robustScores, type Fences, type RobustScores } from "./outliers/fences.js";
export { isolationForest, type IsolationForest, type IsolationForestOptions } from "./outliers/forest.js";
export { localOutlierFactor } from "./outliers/local.js";
// duplicates
export { duplicates, type Duplicates } from "./duplicates/exact.js";
export { jaccard, minHash, minHashSimilarity, shingles, type MinHashOptions } from "./duplicates/minhash.js";
export { nearDuplicates, type NearDuplicates, type NearOptions, type NearPair } from "./duplicates/near.js";
export { nearRows, type NearRows, type NearRowsOptions } from "./duplicates/numbers.js";
// cleaning
export { dropMissing, impute, type Fill, type Imputer, type ImputeOptions } from "./clean/missing.js";
export { imputeNearest, type NearestOptions } from "./clean/nearest.js";
export { coerce, type Coerced, type CoerceFailure, type CoerceOptions, type CoerceType } from "./clean/coerce.js";
export { unifyCategories, type CategoryUnifier, type SpellingChange, type UnifyOptions } from "./clean/categories.js";
// encoding
export { standardize, type Standardizer } from "./standardize.js";
export { minMax, quantileBins, robust, type Binner, type MinMaxScaler, type RobustScaler } from "./encode/scale.js";
export { oneHot, ordinal, type Category, type CategoryEncoder, type CategoryOptions } from "./encode/categories.js";
export { encode, type Encoder, type EncodingWay } from "./encode/plan.js";
// splitting and checking
export { split, type Split, type SplitOptions, type TableSplit } from "./split.js";
export { folds, type FoldsOptions } from "./splits/folds.js";
export type { Key, Time } from "./splits/units.js";
export { checkSplit, type CheckSplitOptions, type SplitProblem, type SplitReport } from "./checks/split.js";
export { targetLeakage, type TargetLeak } from "./checks/leakage.js";
export { shift, type ColumnShift } from "./checks/shift.js";
export { chiSquaredTest, ksTest, psi, type TestResult } from "./checks/distributions.js";
// making up
export { smote, type Oversampled, type SmoteOptions } from "./synthesis/smote.js";
export { copula, type Copula } from "./synthesis/copula.js";
export { synthesizePrivately, type PrivateSynthesis, type PrivateSynthesisOptions } from "./synthesis/private.js";
export type { Domain } from "./synthesis/domain.js";
export { fidelity, type Fidelity } from "./synthesis/fidelity.js";
export { augmentText, backoff, type AugmentTextOptions, type Backoff } from "./augment/text.js";
export { damage, type CellDamage, type DamageOptions, type DamageTruth } from "./damage/damage.js";
export { notes } from "./generators/notes/notes.js";
export type { Note, NoteEntity, Notes, NotesOptions, NoteTruth, NoteType } from "./generators/notes/contract.js";
export { crowd } from "./generators/crowd/crowd.js";
export type { Crowd, CrowdClass, CrowdLabel, CrowdOptions, CrowdTruth, CrowdWorker, SharedHabit, WorkerKind } from "./generators/crowd/contract.js";
// making up people, with the truth about them
export type { BiasedTable, BiasKnobs, Decided, Group, HiddenPerson } from "./generators/bias/contract.js";
export { hiring, type Applicant } from "./generators/hiring/hiring.js";
export { credit, type CreditApplication } from "./generators/credit/credit.js";
export { clinic } from "./generators/clinic/clinic.js";
export type { Clinic, ClinicFeature, ClinicOptions, ClinicPatient, HiddenPatient, HiddenSite } from "./generators/clinic/contract.js";
export { twoGroups, type ScoredPerson, type TwoGroups, type TwoGroupsOptions } from "./generators/two-groups/two-groups.js";
// describing
export { cardMarkdown, makeCard, writeCard, type TableCard } from "./cards/make.js";
export type { CardText } from "./cards/contract.js";
export { hash } from "./provenance/hash.js";
export { checkProvenance, provenance, type Provenance, type ProvenanceCheck, type ProvenanceStep } from "./provenance/chain.js";
export { checkLicences, licence, type Licence, type LicenceCheck, type LicenceUse } from "./licence/licence.js";
