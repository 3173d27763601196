import { CompletionItemKind as Kind } from "typescript/unstable/sync";

const kinds = new Map<number, string>([
  [Kind.Method, "method"], [Kind.Function, "function"], [Kind.Constructor, "class"], [Kind.Field, "property"], [Kind.Property, "property"],
  [Kind.Variable, "variable"], [Kind.Constant, "constant"], [Kind.Value, "value"], [Kind.Class, "class"], [Kind.Interface, "interface"],
  [Kind.Struct, "type"], [Kind.TypeParameter, "type"], [Kind.Module, "module"], [Kind.Enum, "enum"], [Kind.EnumMember, "enum member"],
  [Kind.Keyword, "keyword"], [Kind.File, "file"], [Kind.Folder, "folder"], [Kind.Unit, "value"], [Kind.Text, "text"],
]);

/** Jupyter's word for the server's kind. */
export const completionKind = (kind: number | undefined): string => kinds.get(kind ?? 0) ?? "variable";
