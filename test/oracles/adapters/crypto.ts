import * as privacy from "../../../kernel/helpers/privacy/index.js";
import { sealBytes } from "../../../kernel/helpers/privacy/crypto/aes.js";
import { fromHex } from "../../../kernel/helpers/privacy/crypto/encoding.js";
import type { Adapter } from "../contract.js";

type Input = Record<string, any>; // oxlint-disable-line no-explicit-any -- oracle files are untyped JSON

const { toHex } = privacy;

const answers: Record<string, (input: Input) => unknown> = {
  // Through the inner function, as the public one never takes a nonce.
  "aes-256-gcm": async ({ keyHex, ivHex, plaintextHex, aadHex }) => ({ ciphertextAndTagHex: toHex(await sealBytes(await privacy.importKey(fromHex(keyHex)), fromHex(ivHex), fromHex(plaintextHex), fromHex(aadHex))) }),
  "hkdf-sha256": ({ ikmHex, saltHex, infoHex, length }) => ({ okmHex: toHex(privacy.hkdfSha256(fromHex(ikmHex), { salt: fromHex(saltHex), info: fromHex(infoHex), length })) }),
  "hmac-sha256": ({ keyHex, messageHex }) => ({ macHex: toHex(privacy.hmacSha256(fromHex(messageHex), { key: fromHex(keyHex) })), sha256Hex: toHex(privacy.sha256(fromHex(messageHex))) }),
  "sha256-merkle": ({ leavesHex, proofFor }) => {
    const tree = privacy.merkleTree(leavesHex.map(fromHex));
    return { rootHex: tree.root, leafHashesHex: tree.leaves, auditPathHex: privacy.merkleProof(tree, { index: proofFor }) };
  },
  "privacy-table": ({ rows, quasiIdentifiers, sensitive }) => privacy.measureAnonymity(rows, { quasiIdentifiers, sensitive }),
};

export const adapter: Adapter = {
  handles: ({ kind }) => String(kind) in answers,
  answer: (input) => answers[String(input["kind"])]!(input),
};
