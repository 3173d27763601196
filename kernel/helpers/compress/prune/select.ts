/** 0 for the `count` smallest magnitudes, 1 for the others; among equals the earlier are 0. */
export function maskOfSmallest(weights: ArrayLike<number>, count: number): Uint8Array {
  const length = weights.length;
  const mask = new Uint8Array(length).fill(1);
  if (count <= 0) return mask;
  if (count >= length) return mask.fill(0);
  const magnitudes = new Float64Array(length);
  for (let at = 0; at < length; at++) magnitudes[at] = Math.abs(weights[at]!);
  const cut = selectSmallest(magnitudes.slice(), count - 1);
  let left = count;
  for (let at = 0; at < length; at++) if (magnitudes[at]! < cut) {
    mask[at] = 0;
    left -= 1;
  }
  for (let at = 0; left > 0; at++) if (magnitudes[at] === cut) {
    mask[at] = 0;
    left -= 1;
  }
  return mask;
}

/** The value that would stand at `place` if the values were sorted; their order is changed (Hoare's quickselect, linear on average). */
function selectSmallest(values: Float64Array, place: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    // The middle of three: sorted input, which trained layers are not but tests are, stays fast.
    const [a, b, c] = [values[low]!, values[(low + high) >>> 1]!, values[high]!];
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let [left, right] = [low, high];
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (values[right]! > pivot) right--;
      if (left > right) break;
      const kept = values[left]!;
      values[left++] = values[right]!;
      values[right--] = kept;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else return values[place]!;
  }
  return values[place]!;
}
