import type { MimeBundle } from "../contract.js";
import { tensorLabel } from "./read.js";
export function tensorView(value: object): MimeBundle | undefined {
  const label = tensorLabel(value);
  return label === undefined ? undefined : { data: { "text/plain": label }, metadata: {} };
}
