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

  /** A new tensor; `wipe` it before the next. */
  draw(fill: (values: Values) => unknown): Tensor1D {
    const heap = tf.backend() as Heap;
    if (heap.makeOutput && heap.typedArrayFromHeap) {
      const place = heap.makeOutput([this.#count], "float32");
      fill(heap.typedArrayFromHeap(place));
      return (this.#tensor = tf.engine().makeTensorFromTensorInfo(place) as Tensor1D);
    }
    fill((this.#drawn ??= new Float32Array(this.#count)));
    return (this.#tensor = tf.tensor1d(this.#drawn));
  }

  /** Frees the tensor. */
  wipe(): void {
    const tensor = this.#tensor;
    if (!tensor) return;
    (tf.backend() as Heap).typedArrayFromHeap?.(tensor).fill(0);
    this.#drawn?.fill(0);
    tensor.dispose();
    this.#tensor = undefined;
  }
}
