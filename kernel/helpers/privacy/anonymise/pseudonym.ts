import { known, shown, whole } from "../../arguments.js";
import { hmacSha256 } from "../crypto/hash.js";
import { hex, utf8 } from "../crypto/encoding.js";
import { valueOf, type Row } from "./measure.js";

export interface PseudonymOptions {
  /** Secret, at least 16 bytes (`privacy.random.bytes(32)`). Without it a hash of a name is no protection: anyone can hash all names. */
  key: Uint8Array;
  /** How many hexadecimal digits, 8 to 64. Default 32. Fewer than 16 collide in large tables. */
  length?: number;
}

/**
 * Replaces direct identifiers by HMAC-SHA-256 pseudonyms: the same value in the same column always becomes the same pseudonym, so tables can still be joined; the column's name is hashed in, so columns cannot be compared.
 * Pseudonymous data is still personal data: who holds the key can undo it by trying, and the other columns may identify.
 *
 * @param rows records
 * @param options `columns`, `key`, `length`
 * @throws `expected key of at least 16 bytes, got 4`; `unknown column: name in row 0`
 * @see RFC 2104; ENISA, "Pseudonymisation techniques and best practices" (2019)
 * @example
 * const key = new Uint8Array(32);
 * const [a, b] = privacy.pseudonymize([{ name: "A", n: 1 }, { name: "A", n: 2 }], { columns: ["name"], key });
 * a.name === b.name // true
 * a.name.length // 32
 */
export function pseudonymize<T extends Row>(rows: readonly T[], options: PseudonymOptions & { columns: readonly (keyof T & string)[] }): T[] {
  known(options, ["columns", "key", "length"]);
  const { columns, key, length = 32 } = options;
  if (!(key instanceof Uint8Array) || key.length < 16) throw new RangeError(`expected key of at least 16 bytes, got ${key instanceof Uint8Array ? key.length : shown(key)}`);
  if (whole({ length }, 8) > 64) throw new RangeError(`expected length <= 64, got ${length}`);
  return rows.map((row, index) => {
    const changed = columns.map((column) => {
      const value = valueOf(row, column, index);
      // The lengths keep ("ab", "c") and ("a", "bc") apart; the type keeps 1 and "1" apart.
      return [column, hex(hmacSha256(utf8(JSON.stringify([column, typeof value, String(value)])), { key })).slice(0, length)];
    });
    return Object.freeze({ ...row, ...Object.fromEntries(changed) });
  });
}
