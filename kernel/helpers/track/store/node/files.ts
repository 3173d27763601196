import type * as NodeFs from "node:fs";
import type * as NodePath from "node:path";
import type { Place, Store } from "../../contract.js";

/**
 * `folder/experiment/id/run.jsonl`, its artefacts beside it. Lines are only ever added, each in one write to a file that one run alone has, so that programs that run at once
 * do not meet and a killed one loses its last line at most. Undefined in a browser: no static `node:` import, so the file loads there too.
 */
export function fileStore(folder: string): Store | undefined {
  const get = globalThis.process?.getBuiltinModule;
  if (!get) return undefined;
  const fs: typeof NodeFs = get("node:fs");
  const { join }: typeof NodePath = get("node:path");
  const home = ({ experiment, id }: Place): string => join(folder, experiment, id);
  const file = (place: Place): string => join(home(place), "run.jsonl");
  const opened = new Set<string>();

  /** A line that was cut off is ended before the next one. */
  function endsInLine(path: string): boolean {
    if (!fs.existsSync(path)) return true;
    const handle = fs.openSync(path, "r");
    try {
      const { size } = fs.fstatSync(handle);
      if (size === 0) return true;
      const last = new Uint8Array(1);
      fs.readSync(handle, last, 0, 1, size - 1);
      return last[0] === 10;
    } finally {
      fs.closeSync(handle);
    }
  }

  const folders = (path: string): string[] => (fs.existsSync(path) ? fs.readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : []);

  return {
    list: () => folders(folder).flatMap((experiment) => folders(join(folder, experiment)).filter((id) => fs.existsSync(join(folder, experiment, id, "run.jsonl"))).map((id) => ({ experiment, id }))).sort((a, b) => (a.id < b.id ? -1 : 1)),
    create(place) {
      fs.mkdirSync(join(folder, place.experiment), { recursive: true });
      // Fails where another program has just taken the name.
      fs.mkdirSync(home(place));
    },
    append(place, line) {
      const path = file(place);
      const whole = opened.has(path) || endsInLine(path);
      opened.add(path);
      fs.appendFileSync(path, whole ? line : `\n${line}`);
    },
    read: (place) => (fs.existsSync(file(place)) ? fs.readFileSync(file(place), "utf8") : undefined),
    write(place, name, bytes) {
      fs.mkdirSync(join(home(place), "artefacts"), { recursive: true });
      fs.writeFileSync(join(home(place), "artefacts", name), bytes);
    },
    artefact(place, name) {
      const path = join(home(place), "artefacts", name);
      return fs.existsSync(path) ? new Uint8Array(fs.readFileSync(path)) : undefined;
    },
    remove: (place) => fs.rmSync(home(place), { recursive: true }),
    events: (place, bytes) => fs.appendFileSync(join(home(place), `events.out.tfevents.${place.id}`), bytes),
  };
}
