export { decryptChunks, encryptChunks, type ChunksOptions } from "./chunks.js";
export { decrypt, encrypt, seal, unseal, type EncryptOptions, type Envelope, type SealedEnvelope } from "./envelope.js";
export { hkdfSha256, hmacSha256, sha256, toHex } from "./hash.js";
export { createKey, createKeyPair, exportKey, importKey, unwrapKey, wrapKey } from "./keys.js";
export { merkleProof, merkleTree, verifyMerkleProof, type MerkleTree } from "./merkle.js";
export { DecryptionError } from "./refusal.js";
