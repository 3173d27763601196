import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A part of the project that may not be there: undefined then. Errors inside it are thrown as they are. */
export async function optionalPart<T>(path: string): Promise<T | undefined> {
  const url = new URL(`../../${path}`, import.meta.url);
  return existsSync(fileURLToPath(url)) ? ((await import(url.href)) as T) : undefined;
}
