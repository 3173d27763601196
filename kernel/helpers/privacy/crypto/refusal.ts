/** Decryption failed: the wrong key or context, or changed bytes. Which of them is not told, as that would help an attacker. */
export class DecryptionError extends Error {
  override readonly name = "DecryptionError";
}

export async function refusal<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new DecryptionError("decryption refused: wrong key or context, or the data was changed");
  }
}
