const known = new Set<string>();

/** Once a kind of widget. A sheet made by script needs no exception in the page's policy, as a style element would. */
export function useStyle(kind: string, css: string): void {
  if (known.has(kind)) return;
  known.add(kind);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
