/** What was done, as plain data for an accountant (the shapes of dp_accounting's events). The unit of privacy is a client: all of its data at once. */
export type PrivacyEvent =
  | { readonly type: "gaussian"; readonly noiseMultiplier: number }
  | { readonly type: "poisson-sampled"; readonly rate: number; readonly event: PrivacyEvent }
  | { readonly type: "self-composed"; readonly count: number; readonly event: PrivacyEvent };

export const gaussian = (noiseMultiplier: number): PrivacyEvent => ({ type: "gaussian", noiseMultiplier });

export const sampled = (rate: number, event: PrivacyEvent): PrivacyEvent => ({ type: "poisson-sampled", rate, event });

export const repeated = (count: number, event: PrivacyEvent): PrivacyEvent => ({ type: "self-composed", count, event });
