import type * as NodeChild from "node:child_process";

/** The commit of the working folder and whether files differ from it; undefined without Node, git or a repository. */
export function gitState(): { commit: string; changed: boolean } | undefined {
  const child = globalThis.process?.getBuiltinModule?.("node:child_process") as typeof NodeChild | undefined;
  if (!child) return undefined;
  const git = (...args: string[]): string => child.execFileSync("git", args, { encoding: "utf8", timeout: 5000, stdio: ["ignore", "pipe", "ignore"], windowsHide: true });
  try {
    return { commit: git("rev-parse", "HEAD").trim(), changed: git("status", "--porcelain").trim() !== "" };
  } catch {
    return undefined;
  }
}
