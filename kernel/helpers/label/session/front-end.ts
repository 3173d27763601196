import type { SessionView } from "./view.js";

/** What anywidget gives a front end; only what is used. */
interface Model {
  get(name: "view"): SessionView;
  on(event: string, handler: (...args: any[]) => void): void;
  off(event: string, handler: (...args: any[]) => void): void;
  send(content: unknown): void;
}

/**
 * The page's half of a labelling session. It runs in the page from its own text, so nothing outside this function may be named in it.
 * It draws what the kernel says and sends what the person does: all state is the kernel's.
 */
export function makeFrontEnd() {
  function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    let dead = false;
    let address = "";
    /** The item whose picture is here, and how often the one wanted was asked for again. */
    let [pictured, wanted, asked] = [-1, -1, 0];
    let late: ReturnType<typeof setTimeout> | undefined;
    const node = (tag: string, name: string, text = "") => {
      const made = document.createElement(tag);
      made.className = name;
      made.textContent = text;
      return made;
    };
    const root = node("div", "lyceum-label");
    root.tabIndex = 0;
    root.setAttribute("role", "application");
    const status = node("p", "lyceum-label-status");
    status.setAttribute("aria-live", "polite");
    const item = node("div", "lyceum-label-item");
    const labels = node("div", "lyceum-label-labels");
    labels.setAttribute("role", "group");
    const tools = node("div", "lyceum-label-tools");
    const problem = node("p", "lyceum-label-problem");
    problem.setAttribute("role", "alert");
    const picture = document.createElement("img");
    const hint = node("p", "lyceum-label-hint");
    root.append(problem, status, hint, item, labels, tools);
    el.append(root);

    function send(content: unknown) {
      if (dead) return;
      try {
        model.send(content);
      } catch {
        stop();
      }
    }
    function stop() {
      dead = true;
      root.classList.add("lyceum-label-dead");
      problem.textContent = model.get("view").words.dead;
      for (const made of root.querySelectorAll("button")) made.disabled = true;
    }
    function button(text: string, key: string, keyText: string, act: () => void, pressed?: boolean) {
      const made = node("button", "lyceum-label-button", text) as HTMLButtonElement;
      made.type = "button";
      if (key) {
        made.append(" ", node("kbd", "lyceum-label-key", keyText));
        made.setAttribute("aria-keyshortcuts", key);
      }
      if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
      made.addEventListener("click", () => {
        act();
        root.focus();
      });
      return made;
    }
    function draw() {
      const view = model.get("view");
      root.setAttribute("aria-label", view.words.title);
      status.textContent = view.status;
      hint.textContent = view.words.hint;
      labels.setAttribute("aria-label", view.words.labels);
      labels.replaceChildren(...view.labels.map(({ name, key, chosen }) => button(name, key, key, () => send({ type: "action", action: { type: "choose", label: name } }), chosen)));
      tools.replaceChildren(...view.tools.map(({ text, key, keyText, action }) => button(text, key, keyText, () => send({ type: "action", action }))));
      drawItem(view);
    }
    function drawItem(view: SessionView) {
      item.dir = "auto";
      if (view.tokens) {
        item.replaceChildren(...view.tokens.flatMap(({ text, before, label, marked, joined, selected }, at) => {
          const token = node("span", `lyceum-label-token${selected ? " lyceum-label-selected" : ""}${marked ? " lyceum-label-marked" : ""}`, text);
          if (label) token.append(node("sub", "lyceum-label-name", label));
          token.addEventListener("pointerdown", (event) => {
            send({ type: "action", action: { type: "select", anchor: event.shiftKey ? view.anchor : at, focus: at } });
            // Touch captures the pointer: released, the drag reaches the other tokens.
            if (token.hasPointerCapture?.(event.pointerId)) token.releasePointerCapture(event.pointerId);
            root.focus();
            event.preventDefault();
          });
          token.addEventListener("pointerenter", (event) => {
            if (event.buttons === 1) send({ type: "action", action: { type: "select", anchor: model.get("view").anchor, focus: at } });
          });
          // A span of several words is one line, the spaces too.
          return [joined && before ? node("span", "lyceum-label-marked", before) : document.createTextNode(before), token];
        }));
      } else if (view.rows) {
        const table = node("table", "lyceum-label-table");
        for (const [name, value] of view.rows) {
          const row = document.createElement("tr");
          const head = node("th", "", name) as HTMLTableCellElement;
          head.scope = "row";
          row.append(head, node("td", "", value));
          table.append(row);
        }
        item.replaceChildren(table);
      } else if (view.picture !== null) {
        picture.alt = view.picture;
        item.replaceChildren(picture);
        if (wanted !== view.position) [wanted, asked] = [view.position, 0];
        expectPicture();
      } else item.replaceChildren(node("p", "lyceum-label-text", view.text));
    }
    /** Messages of a page that is busy with other cells may be lost: a picture that does not come is asked for again, a few times. */
    function expectPicture() {
      clearTimeout(late);
      if (pictured === wanted || asked >= 5 || dead) return;
      late = setTimeout(() => {
        asked += 1;
        send({ type: "ready" });
        expectPicture();
      }, 2000);
    }
    function onMessage(content: { type?: string; position?: number; mime?: string }, buffers: DataView[]) {
      if (content?.type !== "picture" || content.position !== model.get("view").position) return;
      if (address) URL.revokeObjectURL(address);
      address = URL.createObjectURL(new Blob([buffers[0]! as BlobPart], { type: content.mime ?? "" }));
      picture.src = address;
      pictured = content.position!;
      clearTimeout(late);
    }
    function onKey(event: KeyboardEvent) {
      const { key } = event;
      const ctrl = event.ctrlKey || event.metaKey;
      // Enter and space on a focused button press that button.
      if (event.altKey || ((key === "Enter" || key === " ") && (event.target as HTMLElement).tagName === "BUTTON")) return;
      const low = key.length === 1 ? key.toLowerCase() : key;
      if (!model.get("view").keys.includes(ctrl ? `Ctrl+${low}` : low)) return;
      // The notebook's own shortcuts would insert and delete cells; keys that mean nothing here stay the notebook's.
      event.preventDefault();
      event.stopPropagation();
      send({ type: "key", key, shift: event.shiftKey, ctrl });
    }
    const onVisible = () => send({ type: "action", action: { type: document.hidden ? "pause" : "resume" } });
    const onLive = () => stop();
    try {
      draw();
    } catch (error) {
      problem.textContent = String(error);
    }
    model.on("change:view", draw);
    model.on("msg:custom", onMessage);
    model.on("comm_live_update", onLive);
    root.addEventListener("keydown", onKey);
    document.addEventListener("visibilitychange", onVisible);
    send({ type: "ready" });
    return () => {
      model.off("change:view", draw);
      model.off("msg:custom", onMessage);
      model.off("comm_live_update", onLive);
      document.removeEventListener("visibilitychange", onVisible);
      clearTimeout(late);
      if (address) URL.revokeObjectURL(address);
    };
  }
  return { render };
}

/** One ES module, without imports. */
export const esm = `const make = ${makeFrontEnd.toString()};\nexport default make();\n`;

/** Colours of JupyterLab's theme, light or dark; plain ones elsewhere. */
export const css = `
.lyceum-label { color: var(--jp-ui-font-color1, CanvasText); font: 14px/1.5 system-ui, sans-serif; padding: 8px; border-radius: 6px; max-width: 60rem; }
.lyceum-label-button:focus-visible { outline: 3px solid var(--jp-brand-color1, Highlight); outline-offset: 2px; }
/* Inside: the output's edge would cut it off. Always seen, by the mouse too: it says that keys come here. */
.lyceum-label:focus { outline: 2px solid var(--jp-brand-color1, Highlight); outline-offset: -2px; }
.lyceum-label p { margin: 0; }
.lyceum-label-hint { opacity: 0.75; font-size: 12px; min-height: 18px; }
.lyceum-label:focus-within .lyceum-label-hint, .lyceum-label-dead .lyceum-label-hint { visibility: hidden; }
.lyceum-label-item { margin: 8px 0; padding: 12px; min-height: 3rem; border: 1px solid var(--jp-border-color1, GrayText); border-radius: 6px; overflow: auto; }
.lyceum-label-text { white-space: pre-wrap; font-size: 16px; }
.lyceum-label-item img { max-width: 100%; max-height: 60vh; min-width: 128px; image-rendering: pixelated; }
.lyceum-label-labels, .lyceum-label-tools { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; }
.lyceum-label-button { min-height: 44px; min-width: 44px; padding: 0 12px; font: inherit; color: inherit; background: var(--jp-layout-color2, Canvas); border: 1px solid var(--jp-border-color1, GrayText); border-radius: 6px; cursor: pointer; touch-action: manipulation; }
.lyceum-label-button[aria-pressed="true"] { border: 2px solid var(--jp-brand-color1, Highlight); font-weight: 700; }
.lyceum-label-button[aria-pressed="true"]::before { content: "\\2713 "; }
.lyceum-label-key { opacity: 0.75; font: 12px monospace; }
.lyceum-label-token { cursor: pointer; padding: 2px 0; touch-action: none; user-select: none; line-height: 2.2; }
.lyceum-label-selected { background: color-mix(in srgb, var(--jp-brand-color1, Highlight) 30%, transparent); box-shadow: 0 0 0 1px var(--jp-brand-color1, Highlight); }
.lyceum-label-marked { padding-bottom: 2px; border-bottom: 3px solid var(--jp-brand-color1, Highlight); }
.lyceum-label-name { margin-inline-start: 3px; font-size: 11px; }
.lyceum-label-table th { text-align: start; padding: 2px 16px 2px 0; vertical-align: top; }
.lyceum-label-dead .lyceum-label-button { opacity: 0.5; cursor: default; }
.lyceum-label-problem { padding: 8px 12px; border-inline-start: 4px solid var(--jp-warn-color1, Highlight); background: var(--jp-layout-color2, Canvas); font-weight: 600; }
.lyceum-label-problem:empty { display: none; }
`;
