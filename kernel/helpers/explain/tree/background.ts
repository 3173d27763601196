import type { FlatTree } from "./flat.js";

/**
 * Interventional TreeSHAP of one row against one background row, added to `values`: a walk that splits where the two rows part.
 * A leaf reached by taking the row's side for a features and the background's for b shares out its value by the closed Shapley
 * weight: v (a-1)! b! / (a+b)! to each of the a, -v a! (b-1)! / (a+b)! to each of the b.
 */
export class BackgroundWalk {
  /** 0: both rows so far agree on the feature, 1: the row's side was taken, 2: the background's. */
  private readonly side: Uint8Array;
  private readonly gain: Float64Array;
  private readonly loss: Float64Array;
  private readonly stride: number;
  /** What lies below the node just left: summed gains of the row's features, losses of the background's. */
  private up = 0;
  private down = 0;
  private x!: Float64Array;
  private xAt = 0;
  private z!: Float64Array;
  private zAt = 0;

  constructor(private readonly tree: FlatTree, width: number, private readonly values: Float64Array, private readonly scale: number) {
    this.side = new Uint8Array(width);
    this.stride = Math.min(width, depth(tree, 0)) + 1;
    this.gain = new Float64Array(this.stride ** 2);
    this.loss = new Float64Array(this.stride ** 2);
    for (let a = 0; a < this.stride; a++) {
      for (let b = 0; b < this.stride; b++) {
        // (a-1)! b! / (a+b)! = 1 / (a C(a+b, a))
        const ways = choose(a + b, a);
        if (a > 0) this.gain[a * this.stride + b] = 1 / (a * ways);
        if (b > 0) this.loss[a * this.stride + b] = 1 / (b * ways);
      }
    }
  }

  add(x: Float64Array, xAt: number, z: Float64Array, zAt: number): void {
    this.x = x;
    this.xAt = xAt;
    this.z = z;
    this.zAt = zAt;
    this.walk(0, 0, 0);
  }

  private walk(node: number, a: number, b: number): void {
    const { left, right, feature, threshold, value } = this.tree;
    // Down together as long as only one way is open.
    for (;;) {
      if (left[node] === -1) {
        const v = value[node] * this.scale;
        const at = a * this.stride + b;
        this.up = v * this.gain[at];
        this.down = v * this.loss[at];
        return;
      }
      const f = feature[node];
      const t = threshold[node];
      const side = this.side[f];
      const xNext = this.x[this.xAt + f] <= t ? left[node] : right[node];
      const zNext = this.z[this.zAt + f] <= t ? left[node] : right[node];
      if (xNext === zNext || side === 1) node = xNext;
      else if (side === 2) node = zNext;
      else {
        this.side[f] = 1;
        this.walk(xNext, a + 1, b);
        const [upX, downX] = [this.up, this.down];
        this.side[f] = 2;
        this.walk(zNext, a, b + 1);
        this.side[f] = 0;
        this.values[this.xAt + f] += upX - this.down;
        this.up += upX;
        this.down += downX;
        return;
      }
    }
  }
}

function depth({ left, right }: FlatTree, node: number): number {
  return left[node] === -1 ? 0 : 1 + Math.max(depth({ left, right } as FlatTree, left[node]), depth({ left, right } as FlatTree, right[node]));
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
