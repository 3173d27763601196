import { isObject, type CellFacts } from "../cell/index.js";
import type { Diagnostic, TypeService, TypeServiceOptions } from "../types/contract.js";

/** The type service, loaded off the path of the kernel's first answer. */
export async function openTypes(options: TypeServiceOptions): Promise<TypeService> {
  const { createTypeService } = await import("../types/index.js");
  return createTypeService(options);
}

/** What the compiler finds in a cell. A cell that is one object literal runs as an expression, so it is checked as one. */
export async function checkCell(service: TypeService, source: string, facts: CellFacts): Promise<Diagnostic[]> {
  if (!isObject(source)) return service.check({ source, facts });
  const found = await service.check({ source: `(${source})`, facts });
  return found.map((one) => ({ ...one, start: one.start - 1, end: one.end - 1, column: one.line === 1 ? one.column - 1 : one.column }));
}
