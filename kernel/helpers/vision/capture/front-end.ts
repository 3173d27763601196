import type { Source, Words } from "./words.js";

/** What the kernel tells the page. */
export interface CaptureView {
  readonly source: Source;
  readonly height: number;
  readonly width: number;
  readonly labels: readonly string[];
  readonly words: Words;
  /** How many there are, in words, by label. */
  readonly status: string;
  readonly count: number;
}

/** What anywidget gives a front end; only what is used. */
interface Model {
  get(name: "view"): CaptureView;
  on(event: string, handler: (...args: any[]) => void): void;
  off(event: string, handler: (...args: any[]) => void): void;
  send(content: unknown, callbacks?: undefined, buffers?: ArrayBuffer[]): void;
}

/**
 * The page's half of camera and upload. It runs in the page from its own text, so nothing outside this function may be named in it.
 * Pictures are cut square in the middle and made small here: only those few bytes go to the kernel.
 */
export function makeFrontEnd() {
  function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
    const { source, height, width, labels, words } = model.get("view");
    let stream: MediaStream | undefined;
    let over = false;
    const node = <K extends keyof HTMLElementTagNameMap>(tag: K, name: string, text = ""): HTMLElementTagNameMap[K] => {
      const made = document.createElement(tag);
      made.className = `lyceum-capture-${name}`;
      made.textContent = text;
      return made;
    };
    const button = (text: string, act: () => unknown) => {
      const made = node("button", "button", text);
      made.type = "button";
      made.addEventListener("click", () => void act());
      return made;
    };
    const root = node("div", "root");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", words.title[source]);
    const problem = node("p", "problem");
    problem.setAttribute("role", "alert");
    const status = node("p", "status");
    status.setAttribute("aria-live", "polite");
    const tools = node("div", "tools");
    const video = node("video", "video");
    const last = node("canvas", "last");
    last.width = width;
    last.height = height;
    last.setAttribute("role", "img");
    last.setAttribute("aria-label", words.last);
    last.hidden = true;
    const group = node("fieldset", "labels");
    const name = `lyceum-label-${Math.random().toString(36).slice(2)}`;
    group.append(node("legend", "legend", words.label));
    labels.forEach((label, at) => {
      const line = node("label", "label", label);
      const radio = document.createElement("input");
      radio.type = "radio";
      radio.name = name;
      radio.value = label;
      radio.checked = at === 0;
      line.prepend(radio);
      group.append(line);
    });
    const undo = button(words.undo, () => model.send({ type: "undo" }));

    function cut(picture: CanvasImageSource, wide: number, tall: number, file: string): void {
      const context = last.getContext("2d", { willReadFrequently: true })!;
      const scale = Math.min(wide / width, tall / height);
      const [w, h] = [width * scale, height * scale];
      context.imageSmoothingQuality = "high";
      context.clearRect(0, 0, width, height);
      context.drawImage(picture, (wide - w) / 2, (tall - h) / 2, w, h, 0, 0, width, height);
      last.hidden = false;
      const chosen = group.querySelector<HTMLInputElement>("input:checked")?.value;
      // A copy: the buffer is handed over.
      const bytes = context.getImageData(0, 0, width, height).data.slice().buffer as ArrayBuffer;
      model.send({ type: "picture", width, height, ...(chosen !== undefined && { label: chosen }), ...(file && { name: file }) }, undefined, [bytes]);
    }
    async function read(files: Iterable<File>): Promise<void> {
      problem.textContent = "";
      for (const file of files) {
        try {
          const picture = await createImageBitmap(file);
          cut(picture, picture.width, picture.height, file.name);
          picture.close();
        } catch {
          problem.textContent = words.corrupt.replace("{}", file.name);
          model.send({ type: "problem", name: file.name });
        }
      }
    }
    function stop(): void {
      for (const track of stream?.getTracks() ?? []) track.stop();
      stream = undefined;
      video.srcObject = null;
      video.hidden = true;
    }
    async function start(): Promise<void> {
      problem.textContent = "";
      try {
        if (!navigator.mediaDevices?.getUserMedia) throw new DOMException("", "SecurityError");
        const given = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
        // The widget went away while the browser asked.
        if (over) return given.getTracks().forEach((track) => track.stop());
        stream = given;
        video.srcObject = given;
        video.hidden = false;
        await video.play();
      } catch (error) {
        const kind = (error as DOMException).name;
        problem.textContent = kind === "NotAllowedError" ? words.denied : kind === "NotFoundError" || kind === "OverconstrainedError" ? words.missing : kind === "SecurityError" ? words.insecure : words.busy;
        stop();
      }
      drawTools();
      tools.querySelector("button")?.focus();
    }
    const picker = document.createElement("input");
    picker.type = "file";
    picker.accept = "image/*";
    picker.multiple = true;
    // Its own words are the browser's, not the notebook's.
    picker.hidden = true;
    picker.addEventListener("change", () => {
      void read(Array.from(picker.files ?? []));
      picker.value = "";
    });

    function drawTools(): void {
      if (source === "upload") tools.replaceChildren(picker, button(words.choose, () => picker.click()), node("span", "hint", words.drop), undo);
      else if (stream) tools.replaceChildren(button(words.take, () => cut(video, video.videoWidth, video.videoHeight, "")), button(words.stop, () => {
        stop();
        drawTools();
        tools.querySelector("button")?.focus();
      }), undo);
      else tools.replaceChildren(button(words.start, start), undo);
    }
    function drawStatus(): void {
      const view = model.get("view");
      status.textContent = view.status;
      undo.disabled = view.count === 0;
      if (view.count === 0) last.hidden = true;
    }
    function onLive(): void {
      stop();
      problem.textContent = words.dead;
      for (const one of root.querySelectorAll<HTMLButtonElement | HTMLInputElement>("button, input")) one.disabled = true;
    }
    video.muted = true;
    video.playsInline = true;
    video.hidden = true;
    video.setAttribute("aria-label", words.preview);
    root.append(problem, ...(source === "camera" ? [node("p", "ask", words.ask), video] : []), ...(labels.length > 0 ? [group] : []), tools, last, status);
    if (source === "upload") {
      root.addEventListener("dragover", (event) => event.preventDefault());
      root.addEventListener("drop", (event) => {
        event.preventDefault();
        void read(Array.from(event.dataTransfer?.files ?? []));
      });
    }
    // The notebook's shortcuts stay away from what is typed here.
    root.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key !== "Escape") event.stopPropagation();
    });
    drawTools();
    drawStatus();
    el.append(root);
    model.on("change:view", drawStatus);
    model.on("comm_live_update", onLive);
    return () => {
      over = true;
      stop();
      model.off("change:view", drawStatus);
      model.off("comm_live_update", onLive);
    };
  }
  return { render };
}

/** One ES module, without imports. */
export const esm = `const make = ${makeFrontEnd.toString()};\nexport default make();\n`;

export const css = `
.lyceum-capture-root { color: var(--jp-ui-font-color1, CanvasText); font: 14px/1.5 system-ui, sans-serif; padding: 8px; max-width: 40rem; }
.lyceum-capture-root p { margin: 4px 0; }
.lyceum-capture-video { width: 320px; max-width: 100%; border-radius: 6px; background: #000; }
.lyceum-capture-last { width: 128px; height: auto; border: 1px solid var(--jp-border-color1, GrayText); border-radius: 6px; image-rendering: pixelated; }
.lyceum-capture-root [hidden] { display: none; }
.lyceum-capture-tools { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin: 8px 0; }
.lyceum-capture-button { min-height: 44px; padding: 0 12px; font: inherit; color: inherit; background: var(--jp-layout-color2, Canvas); border: 1px solid var(--jp-border-color1, GrayText); border-radius: 6px; cursor: pointer; }
.lyceum-capture-button:disabled { opacity: 0.5; cursor: default; }
.lyceum-capture-root :focus-visible { outline: 3px solid var(--jp-brand-color1, Highlight); outline-offset: 2px; }
.lyceum-capture-labels { display: flex; flex-wrap: wrap; gap: 4px 16px; border: 1px solid var(--jp-border-color1, GrayText); border-radius: 6px; margin: 8px 0; }
.lyceum-capture-label { display: inline-flex; align-items: center; gap: 6px; min-height: 32px; }
.lyceum-capture-problem { padding: 8px 12px; border-inline-start: 4px solid var(--jp-warn-color1, Highlight); background: var(--jp-layout-color2, Canvas); font-weight: 600; }
.lyceum-capture-problem:empty { display: none; }
`;
