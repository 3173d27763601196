/** The factor on the loss that keeps small gradients above the least float16. */
export interface LossScale {
  readonly value: number;
  /** After each update: halved where a gradient overflowed, doubled after many that did not. */
  update(overflow: boolean): void;
  state(): readonly [value: number, good: number];
  restore(state: readonly [number, number]): void;
}

/** As PyTorch's GradScaler: factor 2 up after `interval` good updates, halved at an overflow. */
export function lossScale(start: number, interval = 2000): LossScale {
  let [value, good] = [start, 0];
  return {
    get value() {
      return value;
    },
    update(overflow) {
      good = overflow ? 0 : good + 1;
      if (overflow) value /= 2;
      else if (good === interval) [value, good] = [value * 2, 0];
    },
    state: () => [value, good],
    restore: (state) => ([value, good] = state),
  };
}
