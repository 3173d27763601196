import { createSession } from "../../../kernel/session/index.js";

/** A parent to be killed: prints the runner's pid while the cell given as the argument runs. */
const session = createSession({
  directory: process.cwd(),
  check: false,
  preload: false,
  onEvent(event) {
    if (event.type === "stream") process.stdout.write(event.text);
  },
});
await session.execute({ parent: "1", count: 1, code: `console.log(String(process.pid)); ${process.argv[2] ?? ""}`, allowStdin: true });
await new Promise(() => setInterval(() => {}, 1000));
