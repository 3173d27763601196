/** The k nearest seen so far, nearest first; of equally near ones the lower index. */
export class Nearest {
  readonly far: Float64Array;
  readonly index: Int32Array;
  private count = 0;

  constructor(private readonly k: number) {
    this.far = new Float64Array(k);
    this.index = new Int32Array(k);
  }

  clear(): void {
    this.count = 0;
  }

  /** A distance from which on nothing is nearer: the last one's, once there are k. */
  bound(): number {
    return this.count < this.k ? Infinity : this.far[this.k - 1];
  }

  add(far: number, index: number): void {
    const { far: all, index: indices, k } = this;
    if (this.count === k && (far > all[k - 1] || (far === all[k - 1] && index > indices[k - 1]))) return;
    let at = this.count < k ? this.count++ : k - 1;
    for (; at > 0 && (all[at - 1] > far || (all[at - 1] === far && indices[at - 1] > index)); at--) {
      all[at] = all[at - 1];
      indices[at] = indices[at - 1];
    }
    all[at] = far;
    indices[at] = index;
  }
}
