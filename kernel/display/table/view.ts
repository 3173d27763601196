import type { MimeBundle } from "../contract.js";
export function tableView(_value: object): MimeBundle | undefined {
  return undefined;
}
