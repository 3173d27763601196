/** Progress for people, on stderr: stdout is for results. One line a step when it starts, one when it ends, with its seconds. */
export interface Step {
  /** What it does now: on a terminal the line is rewritten, elsewhere a new line every ten seconds at most. */
  say(text: string): void;
  done(note?: string): void;
}

type Screen = Pick<NodeJS.WriteStream, "write" | "isTTY">;

/** Steps that finish at once print one line only. */
export function step(name: string, screen: Screen = process.stderr): Step {
  const started = performance.now();
  let spoke = started;
  const live = screen.isTTY === true;
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  screen.write(live ? `… ${name}` : `… ${name}\n`);
  return {
    say(text) {
      if (live) screen.write(`\r\x1b[2K… ${name}: ${text} (${seconds()})`);
      else if (performance.now() - spoke > 10_000) {
        spoke = performance.now();
        screen.write(`  ${text} (${seconds()})\n`);
      }
    },
    done(note) {
      screen.write(`${live ? "\r\x1b[2K" : ""}✓ ${name}${note ? `: ${note}` : ""} (${seconds()})\n`);
    },
  };
}

/** A remark between the steps. */
export function note(text: string): void {
  process.stderr.write(`  ${text}\n`);
}
