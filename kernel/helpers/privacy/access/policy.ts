import { known, shown } from "../../arguments.js";
import { accessLog, type AccessLog } from "./log.js";

/** What a role may do with a data set. */
export interface Grant {
  role: string;
  data: string;
  /** What for: access is for a purpose, not for ever. */
  purposes: readonly string[];
  /** Which columns; default all. */
  columns?: readonly string[];
}

export interface AccessRequest {
  user: string;
  data: string;
  purpose: string;
  /** Default: all columns, which needs a grant for all. */
  columns?: readonly string[];
}

export interface AccessDecision {
  readonly allowed: boolean;
  readonly reason: string;
}

export interface AccessPolicy {
  /** Decides and writes the decision to the log, a refusal too. */
  request(asked: AccessRequest): AccessDecision;
  /** Only the asked columns of the rows, where allowed; else throws `access refused: ...`. */
  read<T extends object>(rows: readonly T[], asked: AccessRequest): Partial<T>[];
  readonly log: AccessLog;
}

/**
 * Access by role and purpose: what is not granted is refused, and every request is logged in a tamper-evident chain.
 * It decides for code that asks; it does not keep anyone who has the file from reading it (encrypt it).
 *
 * @param policy `roles`: the roles of each user; `grants`
 * @param options `log`: default a new one
 * @throws `expected a grant with at least one purpose, got none for role analyst`; `access refused: ...` from `read`
 * @see role-based access control (ANSI INCITS 359-2004), with purposes as in Byun and Li 2008
 * @example
 * const access = privacy.accessPolicy({
 *   roles: { u1: ["analyst"] },
 *   grants: [{ role: "analyst", data: "survey", purposes: ["statistics"], columns: ["age"] }],
 * });
 * access.request({ user: "u1", data: "survey", purpose: "statistics", columns: ["age"] }).allowed // true
 * access.request({ user: "u1", data: "survey", purpose: "marketing", columns: ["age"] }).allowed // false
 * access.log.entries.length // 2
 */
export function accessPolicy(policy: { roles: Readonly<Record<string, readonly string[]>>; grants: readonly Grant[] }, options: { log?: AccessLog } = {}): AccessPolicy {
  known(policy, ["roles", "grants"]);
  known(options, ["log"]);
  // Copies: a caller's later change must not widen the policy.
  const roles = new Map(Object.entries(policy.roles).map(([user, list]) => [user, new Set(list)]));
  const grants = policy.grants.map((grant) => {
    known(grant, ["role", "data", "purposes", "columns"]);
    if (grant.purposes.length === 0) throw new RangeError(`expected a grant with at least one purpose, got none for role ${grant.role}`);
    return { ...grant, purposes: new Set(grant.purposes), columns: grant.columns && new Set(grant.columns) };
  });
  const { log = accessLog() } = options;

  function decide({ user, data, purpose, columns }: AccessRequest): AccessDecision {
    const held = roles.get(user);
    if (!held) return { allowed: false, reason: `unknown user: ${user}` };
    const forData = grants.filter((grant) => held.has(grant.role) && grant.data === data);
    if (forData.length === 0) return { allowed: false, reason: `no role of ${user} has a grant for ${data}` };
    const forPurpose = forData.filter(({ purposes }) => purposes.has(purpose));
    if (forPurpose.length === 0) return { allowed: false, reason: `no grant for ${data} has the purpose ${purpose}` };
    if (forPurpose.some((grant) => !grant.columns)) return { allowed: true, reason: "granted" };
    if (!columns) return { allowed: false, reason: `a grant for all columns of ${data} is missing: ask for columns by name` };
    // Columns of several grants may be read together: each could be read on its own anyway.
    const missing = columns.filter((column) => !forPurpose.some((grant) => grant.columns!.has(column)));
    return missing.length > 0 ? { allowed: false, reason: `not granted: ${missing.join(", ")}` } : { allowed: true, reason: "granted" };
  }

  function request(asked: AccessRequest): AccessDecision {
    known(asked, ["user", "data", "purpose", "columns"]);
    for (const name of ["user", "data", "purpose"] as const) if (typeof asked[name] !== "string" || asked[name] === "") throw new TypeError(`expected ${name} as a word, got ${shown(asked[name])}`);
    const decision = Object.freeze(decide(asked));
    log.append({ ...asked, ...decision });
    return decision;
  }

  return Object.freeze({
    request,
    read<T extends object>(rows: readonly T[], asked: AccessRequest): Partial<T>[] {
      const { allowed, reason } = request(asked);
      if (!allowed) throw new Error(`access refused: ${reason}`);
      const { columns } = asked;
      return rows.map((row) => (columns ? Object.fromEntries(columns.filter((column) => Object.hasOwn(row, column)).map((column) => [column, (row as Record<string, unknown>)[column]])) : { ...row }) as Partial<T>);
    },
    log,
  });
}
