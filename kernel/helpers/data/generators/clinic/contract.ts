export interface ClinicOptions {
  /** Patients; 20 to 200,000. Default 1000. */
  count?: number;
  /** Share that truly has the disease, 0.002 (rare) to 0.8. Default 0.25. */
  prevalence?: number;
  /** Hospitals; 1 to 50. Default 1. */
  sites?: number;
  /** How unlike the hospitals are, in size, age of patients, frequency of the disease and tuning of the blood pressure meter; 0 (alike) to 1. Default 0.5; without effect on one site. */
  siteEffect?: number;
  /** Of those who are ill, the share that the rapid test finds; 0 to 1. Default 0.7. */
  sensitivity?: number;
  /** Of those who are well, the share that the rapid test leaves in peace; 0 to 1. Default 0.9. */
  specificity?: number;
  /** Share of patients from villages; 0 to 1. Default 0.35. */
  villages?: number;
  /** Of the ill from villages, the share whose illness is in no record because nobody looked; 0 to 1. Default 0.2. */
  underdiagnosis?: number;
  /** Plants one patient who is unlike all others: see `truth.outlier`. Default false. */
  outlier?: boolean;
  /** Default 1. */
  seed?: number;
}

/** One invented patient. `diagnosis` is what the record says, which need not be so. */
export interface ClinicPatient {
  /** `p0001` and so on. */
  id: string;
  /** Number of the hospital, from 1. */
  site: number;
  residence: "town" | "village";
  /** Years, 18 to 95. */
  age: number;
  female: 0 | 1;
  /** Body mass index, kg/m². */
  bmi: number;
  smoker: 0 | 1;
  /** Hours of exercise a week. */
  activity: number;
  /** Upper blood pressure, mmHg. */
  systolic: number;
  /** Fasting glucose, mmol/L. */
  glucose: number;
  /** Total cholesterol, mmol/L. */
  cholesterol: number;
  /** Heart disease of a parent or sibling. */
  familyHistory: 0 | 1;
  /** Result of the rapid test. */
  rapidTest: 0 | 1;
  diagnosis: 0 | 1;
}

export type ClinicFeature = Exclude<keyof ClinicPatient, "id" | "site" | "residence" | "diagnosis">;

/** What is in no record. */
export interface HiddenPatient {
  readonly sick: 0 | 1;
  /** The chance of it that the model gave this patient. */
  readonly risk: number;
  /** Ill, and the record says well. */
  readonly missed: boolean;
}

export interface HiddenSite {
  /** Share of the patients. */
  readonly share: number;
  /** Years that its patients are older than the average. */
  readonly age: number;
  /** Log odds by which the disease is more frequent at the same findings. */
  readonly logOdds: number;
  /** mmHg that its meter shows too much. */
  readonly meter: number;
}

export interface Clinic {
  readonly rows: ClinicPatient[];
  /** The ten columns that a model may use, all numbers. */
  readonly features: readonly ClinicFeature[];
  readonly truth: {
    /** Of each row. */
    readonly patients: readonly HiddenPatient[];
    readonly sites: readonly HiddenSite[];
    /** Row of the planted patient. */
    readonly outlier?: number;
    /** Who causes whom, for `explain.dag`. */
    readonly edges: readonly (readonly [cause: string, effect: string])[];
    /** Log odds of the disease by unit of each direct cause. */
    readonly effects: Readonly<Record<string, number>>;
    readonly knobs: Readonly<Required<ClinicOptions>>;
  };
}
