/** What a licence lets people do with data or code, in short; the text is what counts. */
export interface Licence {
  /** SPDX id. */
  readonly id: string;
  readonly title: string;
  /** For data, code, or works of any kind. */
  readonly for: "data" | "code" | "works";
  /** Who uses it must say where it comes from, or keep its notice. */
  readonly attribution: boolean;
  /** What is made of it must come under the same licence (or a compatible one). */
  readonly shareAlike: boolean;
  readonly commercial: boolean;
  /** Changed copies may be passed on. */
  readonly derivatives: boolean;
}

type Terms = [id: string, title: string, kind: Licence["for"], terms?: string];

/** Terms: a = attribution, s = share alike, n = not commercial, d = no derivatives. */
const list: readonly Terms[] = [
  ["CC0-1.0", "Creative Commons Zero 1.0", "works"],
  ["PDDL-1.0", "Open Data Commons Public Domain Dedication 1.0", "data"],
  ["Unlicense", "The Unlicense", "code"],
  ["0BSD", "BSD Zero Clause", "code"],
  ["CC-BY-3.0", "Creative Commons Attribution 3.0", "works", "a"],
  ["CC-BY-4.0", "Creative Commons Attribution 4.0", "works", "a"],
  ["ODC-By-1.0", "Open Data Commons Attribution 1.0", "data", "a"],
  ["CDLA-Permissive-1.0", "Community Data License Agreement Permissive 1.0", "data", "a"],
  ["CDLA-Permissive-2.0", "Community Data License Agreement Permissive 2.0", "data", "a"],
  ["OGL-UK-3.0", "Open Government Licence 3.0 (UK)", "works", "a"],
  ["MIT", "MIT License", "code", "a"],
  ["BSD-2-Clause", "BSD 2-Clause", "code", "a"],
  ["BSD-3-Clause", "BSD 3-Clause", "code", "a"],
  ["Apache-2.0", "Apache License 2.0", "code", "a"],
  ["ISC", "ISC License", "code", "a"],
  ["Artistic-2.0", "Artistic License 2.0", "code", "a"],
  ["MulanPSL-2.0", "Mulan Permissive Software License 2", "code", "a"],
  ["CC-BY-SA-3.0", "Creative Commons Attribution Share Alike 3.0", "works", "as"],
  ["CC-BY-SA-4.0", "Creative Commons Attribution Share Alike 4.0", "works", "as"],
  ["ODbL-1.0", "Open Data Commons Open Database License 1.0", "data", "as"],
  ["CDLA-Sharing-1.0", "Community Data License Agreement Sharing 1.0", "data", "as"],
  ["MPL-2.0", "Mozilla Public License 2.0", "code", "as"],
  ["LGPL-2.1-or-later", "GNU Lesser General Public License 2.1 or later", "code", "as"],
  ["LGPL-3.0-or-later", "GNU Lesser General Public License 3 or later", "code", "as"],
  ["GPL-2.0-only", "GNU General Public License 2 only", "code", "as"],
  ["GPL-2.0-or-later", "GNU General Public License 2 or later", "code", "as"],
  ["GPL-3.0-only", "GNU General Public License 3 only", "code", "as"],
  ["GPL-3.0-or-later", "GNU General Public License 3 or later", "code", "as"],
  ["AGPL-3.0-only", "GNU Affero General Public License 3 only", "code", "as"],
  ["AGPL-3.0-or-later", "GNU Affero General Public License 3 or later", "code", "as"],
  ["CC-BY-NC-3.0", "Creative Commons Attribution NonCommercial 3.0", "works", "an"],
  ["CC-BY-NC-4.0", "Creative Commons Attribution NonCommercial 4.0", "works", "an"],
  ["CC-BY-NC-SA-3.0", "Creative Commons Attribution NonCommercial Share Alike 3.0", "works", "asn"],
  ["CC-BY-NC-SA-4.0", "Creative Commons Attribution NonCommercial Share Alike 4.0", "works", "asn"],
  ["CC-BY-ND-4.0", "Creative Commons Attribution NoDerivatives 4.0", "works", "ad"],
  ["CC-BY-NC-ND-4.0", "Creative Commons Attribution NonCommercial NoDerivatives 4.0", "works", "and"],
];

export const licences: ReadonlyMap<string, Licence> = new Map(list.map(([id, title, kind, terms = ""]) => [
  id.toLowerCase(),
  Object.freeze({ id, title, for: kind, attribution: terms.includes("a"), shareAlike: terms.includes("s"), commercial: !terms.includes("n"), derivatives: !terms.includes("d") }),
]));
