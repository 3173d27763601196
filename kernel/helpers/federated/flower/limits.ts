/** What a client takes from a server at most: a wrong or hostile server cannot fill its memory. */
export interface Limits {
  /** Bytes of one reply of the server. Default 16 MiB: Flower's chunks are 5 MiB. */
  readonly replyBytes: number;
  /** Bytes of all objects of one message. Default 1 GiB. */
  readonly messageBytes: number;
  /** Objects of one message. Default 10,000. */
  readonly objects: number;
  /** Levels of objects: message, records, record, array, chunk. */
  readonly depth: number;
  /** Elements of all arrays of a message together. Default 2^28. */
  readonly elements: number;
}

export const defaultLimits: Limits = { replyBytes: 16 * 2 ** 20, messageBytes: 2 ** 30, objects: 10_000, depth: 5, elements: 2 ** 28 };
