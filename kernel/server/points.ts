/** Jupyter counts cursor positions in code points, JavaScript in UTF-16 units. Positions outside the text are clamped to it. */

export function toUtf16(text: string, points: number): number {
  if (!hasPairs(text)) return clamp(points, text.length);
  let offset = 0;
  for (let left = points; left > 0 && offset < text.length; left--) offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

export function toCodePoints(text: string, offset: number): number {
  const end = clamp(offset, text.length);
  return hasPairs(text) ? [...text.slice(0, end)].length : end;
}

function hasPairs(text: string): boolean {
  return /[\ud800-\udbff]/.test(text);
}

function clamp(position: number, length: number): number {
  return Math.max(0, Math.min(Math.trunc(position), length));
}
