/**
 * Says true once a figure that shall fall has not done so by more than `minDelta` for `patience` epochs.
 */
export function earlyStop({ patience, minDelta }: { patience: number; minDelta: number }): (figure: number) => boolean {
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  return (figure) => {
    if (figure < best - minDelta) {
      best = figure;
      waited = 0;
      return false;
    }
    waited += 1;
    return waited >= patience;
  };
}
