import { fromSafetensors } from "../../../../kernel/helpers/nn/training/checkpoint/safetensors.js";

/** A constant of a TFLite model. */
export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const float16 = 1;

/**
 * The half-precision constants of a TFLite file, read by walking its FlatBuffer: a table starts with the distance back to its vtable, whose entries (2 bytes each, from the third) are the fields' places in the table.
 * Fields by the schema: Model 2 subgraphs, 4 buffers; SubGraph 0 tensors; Tensor 0 shape, 1 type, 2 buffer, 3 name; Buffer 0 data.
 *
 * @see tensorflow/lite/schema/schema.fbs
 */
export function readTensors(bytes: Uint8Array): StoredTensor[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u32 = (at: number) => view.getUint32(at, true);
  const follow = (at: number) => at + u32(at);
  /** Where a field of a table lies, or 0 if it is left out. */
  function field(table: number, index: number): number {
    const vtable = table - view.getInt32(table, true), place = 4 + 2 * index;
    const offset = place < view.getUint16(vtable, true) ? view.getUint16(vtable + place, true) : 0;
    return offset && table + offset;
  }
  /** Start and length of a vector. */
  function vector(table: number, index: number): [start: number, length: number] {
    const at = field(table, index);
    if (!at) return [0, 0];
    const start = follow(at);
    return [start + 4, u32(start)];
  }
  function tables(table: number, index: number): number[] {
    const [start, length] = vector(table, index);
    return Array.from({ length }, (_, at) => follow(start + 4 * at));
  }
  const model = follow(0);
  const buffers = tables(model, 4);
  return tables(tables(model, 2)[0]!, 0).flatMap((tensor): StoredTensor[] => {
    const type = field(tensor, 1), place = field(tensor, 2);
    const [data, length] = place ? vector(buffers[u32(place)]!, 0) : [0, 0];
    if (!type || view.getUint8(type) !== float16 || length === 0) return [];
    const [nameAt, nameLength] = vector(tensor, 3), [shapeAt, rank] = vector(tensor, 0);
    const shape = Array.from({ length: rank }, (_, at) => u32(shapeAt + 4 * at));
    return [{ name: new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameLength)), shape, values: halves(bytes.subarray(data, data + length)) }];
  });
}

/** Half-precision numbers, through the one reader of them that this project has. */
function halves(bytes: Uint8Array): Float32Array {
  const head = new TextEncoder().encode(JSON.stringify({ x: { dtype: "F16", shape: [bytes.length / 2], data_offsets: [0, bytes.length] } }));
  const file = new Uint8Array(8 + head.length + bytes.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, 8);
  file.set(bytes, 8 + head.length);
  return fromSafetensors(file).tensors[0]!.values as Float32Array;
}
