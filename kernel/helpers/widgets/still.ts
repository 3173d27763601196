/**
 * A widget is drawn from its model, and models end with the kernel: a notebook opened the next day would say "model not found" and no more.
 * So each widget has a still companion, an output of its own before it, seen only where the widget is not drawn.
 */
export interface Still {
  /** Show it, just before the widget. False: there is no notebook to show it in. */
  show(html: string, plain: string): boolean;
  /** The widget has changed. Told at most twice a second, the last change always. */
  change(make: () => { html: string; plain: string }): void;
}

interface Handle {
  update(value: unknown): void;
}
type Display = { bundle?(data: Record<string, unknown>): Handle };

/** JupyterLab's place for a widget. Drawn, it has elements; "Loading widget..." and "model not found" are bare text. */
const place = ".jp-OutputArea-output.lm-Panel";
const own = ".jp-OutputArea-child:has(.lyceum-still)";
const next = "+ .jp-OutputArea-child";
// Two rules: `:has` may not hold another `:has`, and one bad selector would end both.
// The third mends a stock control: its arrow is a black picture, unseen on a dark theme.
const style = `<style>${own}:has(${next} ${place} > *) {display: none} ${own} ${next} > ${place}:not(:has(*)) {display: none} [data-jp-theme-light="false"] .widget-dropdown > select {appearance: auto; background-image: none; color-scheme: dark}</style>`;

const pause = 500;

export function makeStill(): Still {
  let handle: Handle | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const data = (html: string, plain: string) => ({ "text/html": `${style}<div class="lyceum-still">${html}</div>`, "text/plain": plain });
  return {
    show(html, plain) {
      const { display } = globalThis as { display?: Display };
      if (typeof display?.bundle !== "function") return false;
      handle = display.bundle(data(html, plain));
      return true;
    },
    change(make) {
      if (!handle || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        const { html, plain } = make();
        handle?.update({ [Symbol.for("Jupyter.display")]: () => ({ data: data(html, plain), metadata: {} }) });
      }, pause);
    },
  };
}
