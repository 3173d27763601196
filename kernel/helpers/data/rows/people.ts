type YesNo = "yes" | "no";

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
