import { known, whole } from "../../arguments.js";
import { bytesOf, concat, fromHex, hex } from "./encoding.js";
import { sha256 } from "./hash.js";

export interface MerkleTree {
  /** Hexadecimal, as all hashes here. */
  readonly root: string;
  readonly leaves: readonly string[];
}

const leafHash = (leaf: string | Uint8Array): Uint8Array => sha256(concat([new Uint8Array([0]), bytesOf({ leaf })]));
const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concat([new Uint8Array([1]), left, right]));

/** The largest power of two below n. */
function splitAt(n: number): number {
  let size = 1;
  while (size * 2 < n) size *= 2;
  return size;
}

function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return sha256(new Uint8Array());
  if (hashes.length === 1) return hashes[0]!;
  const split = splitAt(hashes.length);
  return nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

/**
 * The Merkle tree of a list: one short root stands for all leaves in their order.
 *
 * @see RFC 6962, section 2.1
 * @example privacy.merkleTree(["a", "b"]).leaves.length // 2
 */
export function merkleTree(leaves: readonly (string | Uint8Array)[]): MerkleTree {
  const hashes = leaves.map(leafHash);
  return Object.freeze({ root: hex(rootOf(hashes)), leaves: Object.freeze(hashes.map(hex)) });
}

/**
 * The hashes that show that a leaf is in the tree, from the leaf up.
 *
 * @throws `expected index below 2, got 2`
 * @example privacy.merkleProof(privacy.merkleTree(["a", "b", "c"]), { index: 0 }).length // 2
 */
export function merkleProof(tree: MerkleTree, options: { index: number }): string[] {
  known(options, ["index"]);
  const index = whole({ index: options.index });
  if (index >= tree.leaves.length) throw new RangeError(`expected index below ${tree.leaves.length}, got ${index}`);
  const path = (hashes: Uint8Array[], at: number): Uint8Array[] => {
    if (hashes.length === 1) return [];
    const split = splitAt(hashes.length);
    return at < split ? [...path(hashes.slice(0, split), at), rootOf(hashes.slice(split))] : [...path(hashes.slice(split), at - split), rootOf(hashes.slice(0, split))];
  };
  return path(tree.leaves.map(fromHex), index).map(hex);
}

/**
 * Is this leaf at this place of the tree with this root? Needs neither the tree nor the other leaves.
 *
 * @example
 * const tree = privacy.merkleTree(["a", "b", "c"]);
 * const proof = privacy.merkleProof(tree, { index: 1 });
 * privacy.verifyMerkleProof("b", { root: tree.root, proof, index: 1, size: 3 }) // true
 * privacy.verifyMerkleProof("x", { root: tree.root, proof, index: 1, size: 3 }) // false
 */
export function verifyMerkleProof(leaf: string | Uint8Array, options: { root: string; proof: readonly string[]; index: number; size: number }): boolean {
  known(options, ["root", "proof", "index", "size"]);
  const size = whole({ size: options.size }, 1);
  const index = whole({ index: options.index });
  if (index >= size) return false;
  const proof = options.proof.map(fromHex);
  const climb = (at: number, count: number, depth: number): Uint8Array | undefined => {
    if (count === 1) return depth === 0 ? leafHash(leaf) : undefined;
    const sibling = proof[depth - 1];
    if (!sibling) return undefined;
    const split = splitAt(count);
    const below = at < split ? climb(at, split, depth - 1) : climb(at - split, count - split, depth - 1);
    return below && (at < split ? nodeHash(below, sibling) : nodeHash(sibling, below));
  };
  const root = climb(index, size, proof.length);
  return root !== undefined && hex(root) === options.root.toLowerCase();
}
