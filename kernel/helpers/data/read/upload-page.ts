import type { Words } from "./upload-words.js";

/** What the kernel tells the page. */
export interface UploadView {
  readonly accept: string;
  readonly multiple: boolean;
  /** Bytes. */
  readonly limit: number;
  readonly words: Words;
}

type Told = { type: "more" | "done" | "refused"; id: string; at: number };

/** What anywidget gives a front end; only what is used. */
interface Model {
  get(name: "view"): UploadView;
  on(event: string, handler: (content: Told) => void): void;
  off(event: string, handler: (content: Told) => void): void;
  send(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
}

/** The page's half of an upload. It runs in the page from its own text, so nothing outside this function may be named in it. */
export function makeFrontEnd() {
  const piece = 512 * 1024;
  function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    const { accept, multiple, limit, words } = model.get("view");
    const node = <K extends keyof HTMLElementTagNameMap>(tag: K, name: string, text = ""): HTMLElementTagNameMap[K] => {
      const made = document.createElement(tag);
      made.className = `lyceum-upload-${name}`;
      made.textContent = text;
      return made;
    };
    const button = (text: string, act: () => void) => {
      const made = node("button", "button", text);
      made.type = "button";
      made.addEventListener("click", act);
      return made;
    };
    const size = (bytes: number) => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
    const root = node("div", "root");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", words.title);
    const problem = node("p", "problem");
    problem.setAttribute("role", "alert");
    const picker = document.createElement("input");
    picker.type = "file";
    picker.accept = accept;
    picker.multiple = multiple;
    // Its own words are the browser's, not the notebook's.
    picker.hidden = true;
    const tools = node("div", "tools");
    tools.append(picker, button(multiple ? words.choose.many : words.choose.one, () => picker.click()), node("span", "hint", words.drop));
    const list = node("ul", "list");
    list.setAttribute("aria-live", "polite");
    const none = node("li", "none", words.none);
    list.append(none);
    root.append(problem, tools, list);
    el.append(root);
    const sending = new Map<string, { file: File; bar: HTMLProgressElement; end: HTMLButtonElement; line: HTMLLIElement }>();

    function begin(file: File): void {
      none.remove();
      const line = node("li", "file", `${file.name} (${size(file.size)}) `);
      list.append(line);
      if (file.size === 0 || file.size > limit) return line.append(file.size === 0 ? words.empty : words.large.replace("{}", size(limit)));
      const id = `${Date.now()}-${Math.random()}`;
      const bar = node("progress", "bar");
      bar.max = file.size;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      const end = button(words.end, () => {
        model.send({ type: "cancel", id });
        finish(id, words.cancelled);
      });
      line.append(bar, " ", end);
      sending.set(id, { file, bar, end, line });
      model.send({ type: "begin", id, name: file.name, mime: file.type, size: file.size });
    }
    function finish(id: string, how: string): void {
      const one = sending.get(id);
      if (!one) return;
      sending.delete(id);
      one.bar.remove();
      one.end.remove();
      one.line.append(how);
    }
    async function onTold({ type, id, at }: Told): Promise<void> {
      const one = sending.get(id);
      if (!one) return;
      if (type === "done") return finish(id, `✓ ${words.done}`);
      if (type === "refused") return finish(id, words.refused);
      one.bar.value = at;
      try {
        model.send({ type: "piece", id }, undefined, [await one.file.slice(at, at + piece).arrayBuffer()]);
      } catch (error) {
        model.send({ type: "cancel", id });
        finish(id, String(error));
      }
    }
    function take(files: Iterable<File>): void {
      for (const file of multiple ? files : [...files].slice(0, 1)) begin(file);
    }
    function onLive(): void {
      problem.textContent = words.dead;
      for (const id of [...sending.keys()]) finish(id, words.cancelled);
      for (const one of root.querySelectorAll<HTMLButtonElement | HTMLInputElement>("button, input")) one.disabled = true;
    }
    picker.addEventListener("change", () => {
      take(Array.from(picker.files ?? []));
      picker.value = "";
    });
    root.addEventListener("dragover", (event) => event.preventDefault());
    root.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!picker.disabled) take(Array.from(event.dataTransfer?.files ?? []));
    });
    model.on("msg:custom", onTold);
    model.on("comm_live_update", onLive);
    return () => {
      model.off("msg:custom", onTold);
      model.off("comm_live_update", onLive);
    };
  }
  return { render };
}

/** One ES module, without imports. */
export const esm = `const make = ${makeFrontEnd.toString()};\nexport default make();\n`;

export const css = `
.lyceum-upload-root { color: var(--jp-ui-font-color1, CanvasText); font: 14px/1.5 system-ui, sans-serif; padding: 8px; max-width: 40rem; }
.lyceum-upload-root [hidden] { display: none; }
.lyceum-upload-tools { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin: 8px 0; }
.lyceum-upload-list { margin: 4px 0; padding: 0; list-style: none; }
.lyceum-upload-file { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; }
.lyceum-upload-button { min-height: 44px; padding: 0 12px; font: inherit; color: inherit; background: var(--jp-layout-color2, Canvas); border: 1px solid var(--jp-border-color1, GrayText); border-radius: 6px; cursor: pointer; }
.lyceum-upload-button:disabled { opacity: 0.5; cursor: default; }
.lyceum-upload-root :focus-visible { outline: 3px solid var(--jp-brand-color1, Highlight); outline-offset: 2px; }
.lyceum-upload-problem { margin: 4px 0; padding: 8px 12px; border-inline-start: 4px solid var(--jp-warn-color1, Highlight); background: var(--jp-layout-color2, Canvas); font-weight: 600; }
.lyceum-upload-problem:empty { display: none; }
`;
