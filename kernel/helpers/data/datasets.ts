import type { AmesHouse, BostonTract } from "./rows/houses.js";
import type { Penguin, UnmeasuredPenguin, BreastLump } from "./rows/living.js";
import type { MortgageApplication, ResumeAudit, Arrest, Wage } from "./rows/people.js";
import type { Speech, WordnetNode, WordnetEdge, Review, MedicalTerm, FirstName } from "./rows/words.js";
import type { Picture, WasteIcon } from "./rows/pictures.js";

export type * from "./rows/houses.js";
export type * from "./rows/living.js";
export type * from "./rows/people.js";
export type * from "./rows/words.js";
export type * from "./rows/pictures.js";

/** What a row of `data.load(name)` is, by name. */
export interface Datasets {
  ames: AmesHouse;
  boston: BostonTract;
  "medical-terms": MedicalTerm;
  "first-names": FirstName;
  penguins: Penguin | UnmeasuredPenguin;
  mnist: Picture;
  "fashion-mnist": Picture;
  "fashion-mnist-test": Picture;
  wdbc: BreastLump;
  hmda: MortgageApplication;
  "resume-names": ResumeAudit;
  arrests: Arrest;
  cps85: Wage;
  reviews: Review;
  speeches: Speech;
  "wordnet-edges": WordnetEdge;
  "wordnet-nodes": WordnetNode;
  "waste-icons": WasteIcon;
}

export type DatasetName = keyof Datasets;
