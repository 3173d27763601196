import * as tf from "@tensorflow/tfjs";
import type { Tensor1D, TensorInfo } from "@tensorflow/tfjs";

type Values = Float32Array<ArrayBuffer>;

/** What is used of tfjs's backend for WebAssembly, whose tensors lie in memory that JavaScript can write. */
interface Heap {
  makeOutput?(shape: number[], dtype: "float32"): TensorInfo;
  typedArrayFromHeap?(tensor: TensorInfo): Values;
}

/** Noise as a tensor, which leaves none of it in memory: drawn where the tensor lies, or by way of an array of its own. */
export class NoiseTensor {
  readonly #count: number;
  #drawn: Values | undefined;
  #tensor: Tensor1D | undefined;

  constructor(count: number) {
    this.#count = count;
  }

  /** A new tensor, to be wiped after use. One that a step left behind, because it was cut off, is wiped first. */
  draw(fill: (values: Values) => unknown): Tensor1D {
    this.wipe();
    const heap = tf.backend() as Heap;
    if (heap.makeOutput && heap.typedArrayFromHeap) {
      this.#tensor = tf.engine().makeTensorFromTensorInfo(heap.makeOutput([this.#count], "float32")) as Tensor1D;
      fill(heap.typedArrayFromHeap(this.#tensor));
      return this.#tensor;
    }
    fill((this.#drawn ??= new Float32Array(this.#count)));
    return (this.#tensor = tf.tensor1d(this.#drawn));
  }

  /** Frees the tensor. */
  wipe(): void {
    const tensor = this.#tensor;
    if (!tensor || tensor.isDisposed) return;
    (tf.backend() as Heap).typedArrayFromHeap?.(tensor).fill(0);
    this.#drawn?.fill(0);
    tensor.dispose();
    this.#tensor = undefined;
  }
}
