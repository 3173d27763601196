/** Milliseconds between two looks. */
const interval = 1000;

/** End when Jupyter is gone: nobody could reach this kernel again. Only where Jupyter says that the kernel is its own (JPY_PARENT_PID). */
export function watchParent(onGone: () => void, environment: NodeJS.ProcessEnv = process.env): void {
  const owner = Number(environment.JPY_PARENT_PID ?? 0);
  if (!Number.isInteger(owner) || owner <= 1) return;
  const first = process.ppid;
  setInterval(() => (process.ppid !== first || !exists(owner)) && onGone(), interval).unref();
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // it is there, and not ours
  }
}
