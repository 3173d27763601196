// Only sucrase's parser and its token transformer are used. Its package index would double the load time
// (option checking, source maps, Flow, Jest), and it does not type these inner modules.
declare module "sucrase/dist/parser/traverser/base.js" {
  interface SucraseToken {
    type: number; start: number; end: number; scopeDepth: number; isType: boolean; identifierRole: number | null;
  }
  const base: {
    readonly state: {
      readonly tokens: SucraseToken[];
      readonly scopes: { startTokenIndex: number; endTokenIndex: number; isFunctionScope: boolean }[];
      readonly error: (SyntaxError & { pos: number }) | null;
    };
    initParser(input: string, jsx: boolean, typescript: boolean, flow: boolean): void;
  };
  export default base;
}
declare module "sucrase/dist/parser/traverser/index.js" {
  const traverser: { parseFile(): void };
  export default traverser;
}
declare module "sucrase/dist/parser/tokenizer/types.js" {
  const types: { TokenType: Record<string, number> };
  export default types;
}
declare module "sucrase/dist/NameManager.js" {
  const module: { default: new (code: string, tokens: unknown[]) => object };
  export default module;
}
declare module "sucrase/dist/HelperManager.js" {
  const module: { HelperManager: new (names: object) => object };
  export default module;
}
declare module "sucrase/dist/TokenProcessor.js" {
  const module: { default: new (code: string, tokens: unknown[], flow: boolean, keepModern: boolean, helpers: object) => object };
  export default module;
}
declare module "sucrase/dist/transformers/RootTransformer.js" {
  const module: {
    default: new (context: object, transforms: string[], legacyInterop: boolean, options: object) => {
      transform(): { code: string; mappings: (number | undefined)[] };
    };
  };
  export default module;
}
