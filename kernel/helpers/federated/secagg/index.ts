/** `federated.secure`: a sum of which the server learns nothing else, and its parts. */
export { client, type SecureClient } from "./client.js";
export type { Advertisement, Confirmation, MaskedVector, Revealed, SealedShares, Session, UnmaskRequest } from "./contract.js";
export { agree, agreementKeys, hkdf, identity, sign, verify, type HkdfOptions, type KeyPair } from "./crypto.js";
export { mask, maskVector, type PairSeed } from "./mask.js";
export { dequantise, levels, quantise, type QuantiseOptions } from "./quantise.js";
export { unmaskSum, type Transcript } from "./server.js";
export { recoverSecret, shareSecret, type Share, type ShareOptions } from "./shamir.js";
export { sum, type SecureSum, type SecureSumOptions } from "./sum.js";
