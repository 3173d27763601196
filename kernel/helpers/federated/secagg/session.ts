import { whole } from "../../arguments.js";
import { fromHex } from "./bytes.js";
import { order, type Session } from "./contract.js";

/** Two thirds and one: even a server that lies, with up to a third of the clients on its side, cannot have one client both dead and alive. */
export const defaultThreshold = (clients: number): number => Math.floor((2 * clients) / 3) + 1;

export function checkSession({ session, roster, threshold }: Session): void {
  if (typeof session !== "string" || session === "") throw new TypeError("expected session to be a name that is used once, got an empty one");
  const names = order(roster);
  if (names.length < 2 || names.length > 255) throw new RangeError(`expected 2 to 255 clients, got ${names.length}`);
  for (const name of names) fromHex(roster[name]!, `public key of ${name}`, 32);
  if (new Set(Object.values(roster)).size !== names.length) throw new RangeError("expected a public key of its own for every client, got one twice");
  whole({ threshold }, 2);
  // Two disjoint sets of that size would let a server ask one for the seed and the other for the key.
  if (2 * threshold <= names.length || threshold > names.length) throw new RangeError(`expected threshold from ${Math.floor(names.length / 2) + 1} to ${names.length} of ${names.length} clients, got ${threshold}`);
}
