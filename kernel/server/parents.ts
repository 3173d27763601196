import type { Header, Request } from "../wire/message.js";
import type { Allowance } from "./allowance.js";

/** What the kernel keeps of a request, so that late output finds its cell and its cell's client. */
export interface Parent {
  header: Header;
  identities: Uint8Array[];
  /** Asked to be quiet: nothing but its statuses is published. */
  silent: boolean;
  allowStdin: boolean;
  allowance: Allowance;
}

export interface Parents {
  add(request: Request, options: { silent?: boolean; allowStdin?: boolean; allowance: Allowance }): Parent;
  /** The cause of an event; the latest cell where the cause is not known any more. */
  find(id: string): Parent | undefined;
}

/** Requests remembered. A cell that prints later than this many cells on is rare, and its text then goes to the latest cell. */
const remembered = 5_000;

export function createParents(): Parents {
  const known = new Map<string, Parent>();
  let latest: Parent | undefined;
  return {
    add({ header, identities }, { silent = false, allowStdin = false, allowance }) {
      const parent = { header, identities, silent, allowStdin, allowance };
      known.set(header.msg_id, parent);
      if (known.size > remembered) known.delete(known.keys().next().value as string);
      if (header.msg_type === "execute_request") latest = parent;
      return parent;
    },
    find: (id) => known.get(id) ?? latest,
  };
}
