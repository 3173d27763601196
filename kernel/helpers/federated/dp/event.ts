/** What was done, as plain data in the shape that the accountants of `privacy` read. The unit of privacy is a client: all of its data at once. */
export type PrivacyEvent =
  | { readonly kind: "gaussian"; readonly noiseMultiplier: number }
  | { readonly kind: "poissonSampled"; readonly rate: number; readonly event: PrivacyEvent }
  | { readonly kind: "repeated"; readonly times: number; readonly event: PrivacyEvent };

export const gaussian = (noiseMultiplier: number): PrivacyEvent => ({ kind: "gaussian", noiseMultiplier });

export const sampled = (rate: number, event: PrivacyEvent): PrivacyEvent => ({ kind: "poissonSampled", rate, event });

export const repeated = (times: number, event: PrivacyEvent): PrivacyEvent => ({ kind: "repeated", times, event });
