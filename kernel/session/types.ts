import type { TypeService, TypeServiceOptions } from "../types/contract.js";

/** The type service, or undefined where it is switched off or cannot start: cells then run unchecked. */
export async function openTypes(options: TypeServiceOptions): Promise<TypeService | undefined> {
  try {
    const room = (await import("../types/index.js" as string)) as { createTypeService(options: TypeServiceOptions): TypeService };
    return room.createTypeService(options);
  } catch {
    return undefined;
  }
}
