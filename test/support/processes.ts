import { readFileSync, readdirSync } from "node:fs";

/** Processes below a process, by Linux's /proc; the process itself not included. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // `pid (command) state ppid`: the command may hold spaces and brackets.
      parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) \S+ /s, "").split(" ")[0]));
    } catch {
      // It ended while we looked.
    }
  }
  const below = (parent: number): number[] => [...parents].filter(([, up]) => up === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** Still running; a zombie counts as gone. */
export function alive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Those of the processes that are still there when the limit is over; returns as soon as none is. */
export async function survivors(pids: number[], milliseconds: number): Promise<number[]> {
  for (const end = Date.now() + milliseconds; Date.now() < end && pids.some(alive); ) await new Promise((resolve) => setTimeout(resolve, 50));
  return pids.filter(alive);
}
