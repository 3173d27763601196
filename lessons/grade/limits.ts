/** Time a submission may use, in milliseconds. */
export interface GradeLimits {
  /** All cells and checks together. Default 300,000. */
  total: number;
  /** One cell, and one check. Default 30,000. */
  cell: number;
}

export const defaultLimits: GradeLimits = { total: 300_000, cell: 30_000 };

/** A clock that runs down. */
export interface Deadline {
  /** Milliseconds left, 0 when over. */
  left(): number;
  over(): boolean;
}

export function deadline(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  const left = (): number => Math.max(0, end - performance.now());
  return { left, over: () => left() === 0 };
}

/** The promise's value, or "late" after so many milliseconds. The promise itself goes on. */
export async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
