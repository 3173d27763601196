export { anonymize, type Anonymized, type AnonymizeOptions } from "./anonymize.js";
export { deidentify, type Deidentified, type DeidentifyOptions, type IdentifierSpan } from "./deidentify.js";
export { prefixHierarchy, rangeHierarchy, treeHierarchy, type Hierarchy } from "./hierarchy.js";
export { linkageAttack, type Linkage, type LinkageOptions } from "./linkage.js";
export { measureAnonymity, type Anonymity, type AnonymityGroup, type MeasureOptions } from "./measure.js";
export type { IdentifierKind } from "./patterns.js";
export { pseudonymize, type PseudonymOptions } from "./pseudonym.js";
