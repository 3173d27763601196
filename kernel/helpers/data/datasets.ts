/** One sale of the Ames data: column names and units as in the source (areas in square feet, prices in US dollars). */
export interface AmesHouse {
  MS_SubClass: string;
  MS_Zoning: string;
  Lot_Frontage: number;
  Lot_Area: number;
  Street: string;
  Alley: string;
  Lot_Shape: string;
  Land_Contour: string;
  Utilities: string;
  Lot_Config: string;
  Land_Slope: string;
  Neighborhood: string;
  Condition_1: string;
  Condition_2: string;
  Bldg_Type: string;
  House_Style: string;
  Overall_Cond: string;
  Year_Built: number;
  Year_Remod_Add: number;
  Roof_Style: string;
  Roof_Matl: string;
  Exterior_1st: string;
  Exterior_2nd: string;
  Mas_Vnr_Type: string;
  Mas_Vnr_Area: number;
  Exter_Cond: string;
  Foundation: string;
  Bsmt_Cond: string;
  Bsmt_Exposure: string;
  BsmtFin_Type_1: string;
  BsmtFin_SF_1: number;
  BsmtFin_Type_2: string;
  BsmtFin_SF_2: number;
  Bsmt_Unf_SF: number;
  Total_Bsmt_SF: number;
  Heating: string;
  Heating_QC: string;
  Central_Air: string;
  Electrical: string;
  First_Flr_SF: number;
  Second_Flr_SF: number;
  Gr_Liv_Area: number;
  Bsmt_Full_Bath: number;
  Bsmt_Half_Bath: number;
  Full_Bath: number;
  Half_Bath: number;
  Bedroom_AbvGr: number;
  Kitchen_AbvGr: number;
  TotRms_AbvGrd: number;
  Functional: string;
  Fireplaces: number;
  Garage_Type: string;
  Garage_Finish: string;
  Garage_Cars: number;
  Garage_Area: number;
  Garage_Cond: string;
  Paved_Drive: string;
  Wood_Deck_SF: number;
  Open_Porch_SF: number;
  Enclosed_Porch: number;
  Three_season_porch: number;
  Screen_Porch: number;
  Pool_Area: number;
  Pool_QC: string;
  Fence: string;
  Misc_Feature: string;
  Misc_Val: number;
  Mo_Sold: number;
  Year_Sold: number;
  Sale_Type: string;
  Sale_Condition: string;
  Sale_Price: number;
  Longitude: number;
  Latitude: number;
}

/** One census tract of the Boston data of 1970; `medv` in thousands of US dollars. Read its data card before use. */
export interface BostonTract {
  crim: number;
  zn: number;
  indus: number;
  chas: number;
  nox: number;
  rm: number;
  age: number;
  dis: number;
  rad: number;
  tax: number;
  ptratio: number;
  b: number;
  lstat: number;
  medv: number;
}

/** One adult penguin, measured at its nest. Lengths in millimetres, mass in grams. */
export interface Penguin {
  species: "Adelie" | "Chinstrap" | "Gentoo";
  island: "Biscoe" | "Dream" | "Torgersen";
  beakLength: number;
  beakDepth: number;
  flipperLength: number;
  bodyMass: number;
  /** null: nobody knows. */
  sex: "female" | "male" | null;
}

/** One of two birds of which only species and island were recorded. `filter((bird) => bird.beakLength !== null)` leaves the measured ones. */
export interface UnmeasuredPenguin extends Pick<Penguin, "species" | "island"> {
  beakLength: null;
  beakDepth: null;
  flipperLength: null;
  bodyMass: null;
  sex: null;
}

/**
 * Cell nuclei of one breast lump (WDBC). Of each trait the mean over the nuclei, its standard error, and the mean of the three largest ("worst"). Lengths in units of the picture, areas in their squares;
 * texture: standard deviation of grey values; smoothness: variation of the radius; compactness: perimeter² / area - 1; concavity and concave points: depth and number of dents.
 */
export interface BreastLump {
  mean_radius: number;
  mean_texture: number;
  mean_perimeter: number;
  mean_area: number;
  mean_smoothness: number;
  mean_compactness: number;
  mean_concavity: number;
  mean_concave_points: number;
  mean_symmetry: number;
  mean_fractal_dimension: number;
  radius_error: number;
  texture_error: number;
  perimeter_error: number;
  area_error: number;
  smoothness_error: number;
  compactness_error: number;
  concavity_error: number;
  concave_points_error: number;
  symmetry_error: number;
  fractal_dimension_error: number;
  worst_radius: number;
  worst_texture: number;
  worst_perimeter: number;
  worst_area: number;
  worst_smoothness: number;
  worst_compactness: number;
  worst_concavity: number;
  worst_concave_points: number;
  worst_symmetry: number;
  worst_fractal_dimension: number;
  diagnosis: "malignant" | "benign";
}

/** One mortgage application in Boston, 1990. `afam`: is the applicant African-American. */
export interface MortgageApplication {
  deny: YesNo;
  /** Payments, and housing costs, as a share of income. */
  pirat: number;
  hirat: number;
  /** Loan as a share of the value of the home. */
  lvrat: number;
  /** Credit history, 1 (no late payment) to 6, and mortgage history, 1 to 4: higher is worse. */
  chist: number;
  mhist: number;
  /** A bad credit record in public. */
  phist: YesNo;
  /** Unemployment in the applicant's industry, 1989, percent. */
  unemp: number;
  selfemp: YesNo;
  /** Was mortgage insurance denied? */
  insurance: YesNo;
  /** Is it a flat in a condominium? */
  condomin: YesNo;
  afam: YesNo;
  single: YesNo;
  hschool: YesNo;
}

/** One fictitious résumé sent to an employer; `ethnicity` is how the name sounds, `call` whether the employer called back, `req...` what the advertisement asks for. */
export interface ResumeAudit {
  name: string;
  gender: "female" | "male";
  ethnicity: "cauc" | "afam";
  quality: "low" | "high";
  call: YesNo;
  city: "boston" | "chicago";
  /** Jobs listed. */
  jobs: number;
  /** Years. */
  experience: number;
  honors: YesNo;
  volunteer: YesNo;
  military: YesNo;
  holes: YesNo;
  school: YesNo;
  email: YesNo;
  computer: YesNo;
  special: YesNo;
  college: YesNo;
  /** Years that the advertisement asks for, or "none" or "some". */
  minimum: number | string;
  equal: YesNo;
  wanted: string;
  requirements: YesNo;
  reqexp: YesNo;
  reqcomm: YesNo;
  reqeduc: YesNo;
  reqcomp: YesNo;
  reqorg: YesNo;
  industry: string;
}

/** One arrest in Toronto; `released` with a summons, `checks`: police data bases (of 6) with the person's name. */
export interface Arrest {
  released: "Yes" | "No";
  colour: "Black" | "White";
  year: number;
  /** Years. */
  age: number;
  sex: "Female" | "Male";
  employed: "Yes" | "No";
  citizen: "Yes" | "No";
  checks: number;
}

/** One worker of 1985; wage in dollars an hour, education, experience and age in years. Its card says which two columns are turned round. */
export interface Wage {
  education: number;
  south: number;
  gender: "female" | "male";
  experience: number;
  union: number;
  wage: number;
  age: number;
  race: "white" | "hispanic" | "other";
  occupation: "management" | "sales" | "clerical" | "service" | "professional" | "other";
  sector: "manufacturing" | "construction" | "other";
  married: number;
}

type YesNo = "yes" | "no";
/** An annual message of a president of the United States to Congress. */
export interface Speech {
  year: number;
  name: string;
  /** The whole message, or its beginning (up to 12,000 characters). */
  whole: boolean;
  text: string;
}

/** A meaning of an English noun in WordNet. */
export interface WordnetNode {
  /** Its first word; with a number where the word has several meanings here. */
  name: string;
  /** The definition. */
  gloss: string;
  class: "animal" | "body" | "food" | "location" | "object" | "plant" | "possession" | "substance" | "time";
}

/** How two meanings are related: `source` is a `kind` of, or part of, ... `target`; both are rows of `wordnet-nodes`. */
export interface WordnetEdge {
  source: number;
  target: number;
  /** "is a", "instance of", "part of", "has part", ... */
  kind: string;
}

/** A picture of a labelled set; `vision.toTensor(pictures)` makes a tensor of many. */
export interface Picture {
  /** Row by row from the top, the channels of a pixel together; 0 to 255. */
  pixels: Uint8Array;
  height: number;
  width: number;
  /** 1: grey; 3: red, green, blue. */
  channels: number;
  /** A whole number from 0. */
  label: number;
  /** The label in words. */
  name: string;
}

/** One customer's words about one food product, from the years up to 2012. */
export interface Review {
  /** A number of the shop's: every review here is of another product. */
  product: string;
  /** As written, with the shop's `<br />` for a new line. */
  review: string;
  /** "great": five stars; "other": one to four. */
  score: "great" | "other";
  /** The part of the source that it comes from. */
  part: "train" | "test";
}

/** A medical word of WordNet. */
export interface MedicalTerm {
  term: string;
  type: "disease" | "symptom" | "drug" | "procedure" | "body part";
  /** WordNet's number of the meaning; two spellings of one thing share it. */
  concept: number;
  /** Three of ten concepts are kept for tests. */
  part: "train" | "test";
  /** In WordNet's words. */
  meaning: string;
}

/** An English first name. */
export interface FirstName {
  name: string;
  /** Which of the two lists of the 1990s has it. */
  list: "female" | "male" | "both";
  part: "train" | "test";
}

/** A drawing of a thing that is thrown away, 96 x 96 pixels, red, green and blue; label 0 to 6, in words in `name`. */
export interface WasteIcon extends Picture {
  /** Whose drawing: "noto" (Google), "twemoji" (Twitter), "fluent" (Microsoft). */
  vendor: string;
  /** What is drawn: "banana". Each object is drawn once by each vendor. */
  object: string;
}

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
