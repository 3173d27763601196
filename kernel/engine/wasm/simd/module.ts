import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../contract.js";
import { assemble } from "./assembler.js";
import { elementwise } from "./elementwise.js";
import { exampleFunctions } from "./examples.js";
import { matMul, matMulScratch } from "./mat-mul.js";
import { patches } from "./patches.js";
import { maxPoolGradient } from "./max-pool-gradient.js";
import { softmaxCrossEntropy } from "./softmax-cross-entropy.js";

/** What is used of tfjs's backend: where the values of a tensor lie in WebAssembly's memory. */
export interface WasmBackend {
  readonly wasm: { _malloc(bytes: number): number; _free(address: number): void; asm?: { memory?: WebAssembly.Memory } };
  makeOutput(shape: number[], dtype: string): TensorInfo;
  getMemoryOffset(dataId: object): number;
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array | Uint8Array;
}

/** The functions of this folder, which work on addresses in the memory of one backend. */
export interface Simd {
  readonly run: Record<string, (...parameters: number[]) => void>;
  /** Scratch for one matrix product. */
  readonly scratch: number;
}

let compiled: WebAssembly.Module | undefined | false;
const instances = new WeakMap<object, Simd | false>();

/** Undefined where the host has no SIMD, or tfjs's memory cannot be shared: tfjs's own kernels then do the work. */
export function simdOf(backend: WasmBackend): Simd | undefined {
  let instance = instances.get(backend);
  if (instance === undefined) instances.set(backend, (instance = start(backend) ?? false));
  return instance || undefined;
}

function start({ wasm }: WasmBackend): Simd | undefined {
  const memory = wasm.asm?.memory;
  if (!memory || !(memory.buffer instanceof ArrayBuffer)) return undefined;
  compiled ??= compile();
  if (!compiled) return undefined;
  const run = new WebAssembly.Instance(compiled, { env: { memory } }).exports as Simd["run"];
  const scratch = wasm._malloc(matMulScratch) >>> 0;
  return scratch === 0 ? undefined : { run, scratch };
}

function compile(): WebAssembly.Module | false {
  const bytes = assemble([matMul(), patches(), maxPoolGradient(), ...elementwise(), ...softmaxCrossEntropy(), ...exampleFunctions()]) as BufferSource;
  try {
    return WebAssembly.validate(bytes) && new WebAssembly.Module(bytes);
  } catch {
    // Browsers older than 2023 compile at once only in workers, where cells run; on the page's own thread they stay with tfjs's kernels.
    return false;
  }
}

/** What a fast kernel needs: the functions, and the addresses of tensors. Undefined as an answer: this case is not mine. */
export type Fast = (inputs: Record<string, TensorInfo>, attrs: Record<string, unknown>, memory: WasmBackend, simd: Simd) => TensorInfo | TensorInfo[] | undefined;

/** Put a fast kernel before the one that is registered, which stays for the cases that it leaves. */
export function putFast(tf: TensorFlowJs, kernelName: string, fast: Fast): void {
  const before = tf.getKernelsForBackend("wasm").find((kernel) => kernel.kernelName === kernelName);
  if (before) tf.unregisterKernel(kernelName, "wasm");
  const kernel: KernelConfig = {
    ...before,
    kernelName,
    backendName: "wasm",
    kernelFunc: (params) => {
      const memory = params.backend as WasmBackend;
      const simd = simdOf(memory);
      const output = simd && fast(params.inputs as Record<string, TensorInfo>, (params.attrs ?? {}) as Record<string, unknown>, memory, simd);
      if (output) return output;
      if (!before) throw new Error(`expected a host with WebAssembly SIMD and float32 tensors for ${kernelName}`);
      return before.kernelFunc(params);
    },
  };
  tf.registerKernel(kernel);
}

/** Run `work` with so many bytes of WebAssembly's memory, which holds anything. */
export function withScratch<T>({ wasm }: WasmBackend, bytes: number, work: (address: number) => T): T {
  const address = wasm._malloc(bytes) >>> 0;
  if (address === 0) throw new Error(`WebAssembly has no memory left for ${bytes} bytes`);
  try {
    return work(address);
  } finally {
    wasm._free(address);
  }
}

export function sizeOf(shape: number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
