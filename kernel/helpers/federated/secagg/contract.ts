/** The messages of a secure sum: plain data, each made by a client for the server to pass on. One session is one sum. */
export interface Session {
  /** A name that is never used twice: federation, run and round. */
  readonly session: string;
  /** Who takes part: name to Ed25519 public key, known to every client beforehand, not from the server of the sum. */
  readonly roster: Readonly<Record<string, string>>;
  /** How many clients must stay to the end, and must work together to unmask one. */
  readonly threshold: number;
}

/** Step 1: the session's public keys, signed. */
export interface Advertisement {
  readonly from: string;
  /** For the masks. */
  readonly maskKey: string;
  /** For sealing shares. */
  readonly sealKey: string;
  readonly signature: string;
}

/** Step 2: shares of a client's two secrets, sealed for each other client. */
export interface SealedShares {
  readonly from: string;
  /** SHA-256 of the seed of the client's own mask: wrong shares are noticed. */
  readonly seedHash: string;
  readonly to: Readonly<Record<string, Uint8Array>>;
}

/** Step 3. */
export interface MaskedVector {
  readonly from: string;
  readonly values: Uint32Array;
}

/** Step 4: what a client takes for the list of those whose vector arrived, signed. */
export interface Confirmation {
  readonly from: string;
  readonly signature: string;
}

/** The server's request of step 5. */
export interface UnmaskRequest {
  readonly alive: readonly string[];
  readonly dead: readonly string[];
  readonly confirmations: readonly Confirmation[];
}

/** Step 5: of those alive a share of the seed of their own mask, of the dead a share of their mask key. Never both of one. */
export interface Revealed {
  readonly from: string;
  readonly seeds: Readonly<Record<string, Uint8Array>>;
  readonly keys: Readonly<Record<string, Uint8Array>>;
}

export const advertised = (session: string, from: string, maskKey: string, sealKey: string): string => JSON.stringify(["lyceum-secagg-v1 keys", session, from, maskKey, sealKey]);

export const confirmed = (session: string, alive: readonly string[]): string => JSON.stringify(["lyceum-secagg-v1 alive", session, alive.toSorted()]);

/** The order of the clients that decides who adds and who subtracts a mask. */
export const order = (roster: Readonly<Record<string, string>>): string[] => Object.keys(roster).toSorted();
