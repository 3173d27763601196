/** Bytes as base64, in Node and in the page. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  // In pieces: a call with millions of arguments overflows the stack.
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
