/** What anywidget gives a front end; only what is used. */
interface Model {
  get(name: string): unknown;
  on(event: string, handler: (content: { type: string; id: string; at: number }) => void): void;
  off(event: string, handler: (content: { type: string; id: string; at: number }) => void): void;
  send(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
}

/** The page's half of an upload. It runs in the page from its own text, so nothing outside this function may be named in it. */
function makeFrontEnd() {
  const piece = 512 * 1024;
  function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    const limit = Number(model.get("limit"));
    const root = document.createElement("div");
    root.className = "lyceum-upload";
    const label = document.createElement("label");
    label.textContent = model.get("multiple") ? "Files: " : "File: ";
    const field = document.createElement("input");
    field.type = "file";
    field.accept = String(model.get("accept"));
    field.multiple = Boolean(model.get("multiple"));
    label.append(field);
    const list = document.createElement("ul");
    list.setAttribute("aria-live", "polite");
    root.append(label, list);
    el.append(root);
    const sending = new Map<string, { file: File; bar: HTMLProgressElement; end: HTMLButtonElement; line: HTMLLIElement }>();

    function begin(file: File) {
      const line = document.createElement("li");
      line.textContent = `${file.name} (${file.size.toLocaleString()} B) `;
      list.append(line);
      if (file.size === 0 || file.size > limit) {
        line.append(file.size === 0 ? "is empty" : `is larger than the limit of ${limit.toLocaleString()} B`);
        return;
      }
      const id = `${Date.now()}-${Math.random()}`;
      const bar = document.createElement("progress");
      bar.max = file.size;
      bar.value = 0;
      const end = document.createElement("button");
      end.type = "button";
      end.textContent = "Cancel";
      end.onclick = () => {
        model.send({ type: "cancel", id });
        finish(id, "cancelled");
      };
      line.append(bar, " ", end);
      sending.set(id, { file, bar, end, line });
      model.send({ type: "begin", id, name: file.name, mime: file.type, size: file.size });
    }
    function finish(id: string, how: string) {
      const one = sending.get(id);
      if (!one) return;
      sending.delete(id);
      one.bar.remove();
      one.end.remove();
      one.line.append(how);
    }
    async function told(content: { type: string; id: string; at: number }) {
      const one = sending.get(content.id);
      if (!one) return;
      if (content.type === "done") return finish(content.id, "✓");
      if (content.type === "refused") return finish(content.id, "refused");
      one.bar.value = content.at;
      try {
        model.send({ type: "piece", id: content.id }, undefined, [await one.file.slice(content.at, content.at + piece).arrayBuffer()]);
      } catch (error) {
        model.send({ type: "cancel", id: content.id });
        finish(content.id, String(error));
      }
    }
    field.onchange = () => {
      for (const file of field.files ?? []) begin(file);
    };
    model.on("msg:custom", told);
    return () => model.off("msg:custom", told);
  }
  return { render };
}

/** One ES module, without imports. */
export const esm = `const make = ${makeFrontEnd.toString()};\nexport default make();\n`;
export const css = ".lyceum-upload { color: var(--jp-ui-font-color1, CanvasText); font: 14px/1.5 system-ui, sans-serif; padding: 8px; } .lyceum-upload ul { margin: 4px 0; padding-inline-start: 20px; }";
