import { known, shown } from "../../arguments.js";
import { shows } from "../statistics/show.js";
import { licences, type Licence } from "./known.js";

export type { Licence };

export interface LicenceUse {
  /** For money, or by a firm. Default false. */
  commercial?: boolean;
  /** A changed or combined copy is passed on. Default true. */
  share?: boolean;
  /** The licence it is to be passed on under. Default: any that fits. */
  as?: string;
}

export interface LicenceCheck {
  readonly allowed: boolean;
  /** Why not. */
  readonly problems: readonly string[];
  /** What has to be done: name the source, pass on under the same licence. */
  readonly duties: readonly string[];
}

/**
 * What a licence allows, by its SPDX id; case does not count. Only the three dozen met most often with data: of all others the text has to be read. No legal advice.
 *
 * @throws `unknown licence: free (no SPDX id that is known here; "none" means: ask the owner)`.
 * @see https://spdx.org/licenses
 * @example
 * data.licence("cc-by-sa-4.0") // { id: "CC-BY-SA-4.0", attribution: true, shareAlike: true, commercial: true, derivatives: true }
 */
export function licence(id: string): Licence {
  const found = typeof id === "string" ? licences.get(id.toLowerCase()) : undefined;
  if (!found) throw new RangeError(`unknown licence: ${typeof id === "string" ? id : shown(id)} (no SPDX id that is known here: without a licence nothing may be passed on, ask the owner)`);
  return found;
}

/**
 * May data under these licences be used together, and what must be done for it? Rules: non-commercial and no-derivatives licences forbid what they say; share-alike licences demand their own licence for the whole, so two
 * different ones do not fit together (later versions of one licence do where it says so: CC BY-SA 3.0 into 4.0, GPL "or later", CC BY-SA 4.0 into GPL 3).
 *
 * @param ids SPDX ids of the parts.
 * @throws as `licence`; `expected at least one licence, got none`.
 * @example
 * data.checkLicences(["CC-BY-4.0", "CC-BY-NC-4.0"], { commercial: true }).problems // ["CC-BY-NC-4.0 forbids commercial use"]
 * data.checkLicences(["MIT", "CC-BY-SA-4.0"]).duties.length // 3
 */
export function checkLicences(ids: readonly string[], use: LicenceUse = {}): LicenceCheck {
  known(use, ["commercial", "share", "as"]);
  if (ids.length === 0) throw new RangeError("expected at least one licence, got none");
  const parts = [...new Set(ids.map(licence))];
  const { commercial = false, share = true } = use;
  const target = use.as === undefined ? undefined : licence(use.as);
  const problems: string[] = [];
  const duties: string[] = [];
  for (const part of parts) {
    if (commercial && !part.commercial) problems.push(`${part.id} forbids commercial use`);
    if (share && !part.derivatives) problems.push(`${part.id} forbids passing on changed copies`);
    if (share && target && !part.commercial && target.commercial) problems.push(`${part.id} cannot be passed on as ${target.id}, which allows commercial use`);
    if (part.attribution && share) duties.push(`name the source and keep the notice of ${part.id}`);
  }
  if (share) {
    const alike = parts.filter((part) => part.shareAlike);
    const fits = (one: Licence) => alike.every((part) => into(part.id, one.id));
    if (target) {
      for (const part of alike) if (!into(part.id, target.id)) problems.push(`${part.id} must be passed on under itself, not as ${target.id}`);
      if (alike.length) duties.push(`pass the whole on under ${target.id}`);
    } else if (alike.length) {
      const whole = [...licences.values()].find((one) => (alike.includes(one) || one.id === "GPL-3.0-or-later" || one.id === "GPL-3.0-only") && fits(one));
      if (whole) duties.push(`pass the whole on under ${whole.id}`);
      else problems.push(`${alike.map(({ id }) => id).join(" and ")} each demand their own licence for the whole`);
      const closed = parts.filter((part) => !part.commercial && !part.shareAlike);
      if (whole?.commercial && closed.length) problems.push(`${closed[0]!.id} cannot be part of a whole under ${whole.id}, which allows commercial use`);
    }
  }
  return shows({ allowed: problems.length === 0, problems: Object.freeze(problems), duties: Object.freeze(duties) }, () => [
    { lines: [problems.length ? `not allowed: ${parts.map(({ id }) => id).join(", ")}` : `allowed: ${parts.map(({ id }) => id).join(", ")}`] }, { lines: [...problems, ...duties] },
  ]);
}

/** May a work under a share-alike licence be passed on under another one? Only where its own text says so. */
const upward: Readonly<Record<string, readonly string[]>> = {
  "CC-BY-SA-3.0": ["CC-BY-SA-4.0"],
  "CC-BY-SA-4.0": ["GPL-3.0-only", "GPL-3.0-or-later"],
  "CC-BY-NC-SA-3.0": ["CC-BY-NC-SA-4.0"],
  "GPL-2.0-or-later": ["GPL-2.0-only", "GPL-3.0-only", "GPL-3.0-or-later", "AGPL-3.0-only", "AGPL-3.0-or-later"],
  "GPL-3.0-or-later": ["GPL-3.0-only", "AGPL-3.0-only", "AGPL-3.0-or-later"],
  "GPL-3.0-only": ["AGPL-3.0-only"],
  "AGPL-3.0-or-later": ["AGPL-3.0-only"],
  "LGPL-2.1-or-later": ["LGPL-3.0-or-later", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later"],
  "LGPL-3.0-or-later": ["GPL-3.0-only", "GPL-3.0-or-later"],
  "MPL-2.0": ["LGPL-2.1-or-later", "LGPL-3.0-or-later", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "AGPL-3.0-only", "AGPL-3.0-or-later"],
};

const into = (from: string, to: string): boolean => from === to || (upward[from]?.includes(to) ?? false);
