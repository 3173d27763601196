/** The server's numbers for kinds of completion are those of the Language Server Protocol. */
const kinds: Record<number, string> = {
  1: "text", 2: "method", 3: "function", 4: "class", 5: "property", 6: "variable", 7: "class", 8: "interface", 9: "module", 10: "property",
  11: "value", 12: "value", 13: "enum", 14: "keyword", 17: "file", 19: "folder", 20: "enum member", 21: "constant", 22: "type", 25: "type",
};

/** Jupyter's word for the server's kind. */
export const completionKind = (kind: number | undefined): string => kinds[kind ?? 0] ?? "variable";

/** TypeScript's bits for what a symbol is. */
export const symbolIs = {
  functionScopedVariable: 1 << 0, blockScopedVariable: 1 << 1, property: 1 << 2, enumMember: 1 << 3, function: 1 << 4, class: 1 << 5, interface: 1 << 6,
  enum: (1 << 7) | (1 << 8), valueModule: 1 << 9, namespaceModule: 1 << 10, method: 1 << 13, accessor: (1 << 15) | (1 << 16), typeParameter: 1 << 18, typeAlias: 1 << 19, alias: 1 << 21,
} as const;
