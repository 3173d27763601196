/**
 * Segments made of one piece each: pieces smaller than `least` pixels go to a neighbour, and none grows past `most`. New numbers from 0, by where a segment begins.
 * The order of the neighbours (right, left, below, above) decides to which one a small piece goes.
 */
export function connect(labels: Int32Array, width: number, height: number, least: number, most: number): Int32Array {
  const found = new Int32Array(labels.length).fill(-1);
  const piece = new Int32Array(labels.length);
  let next = 0;
  for (let first = 0; first < labels.length; first++) {
    if (found[first] >= 0) continue;
    let [size, seen, neighbour] = [1, 0, next];
    piece[0] = first;
    found[first] = next;
    for (; seen < size && size < most; seen++) {
      const [x, y] = [piece[seen] % width, Math.floor(piece[seen] / width)];
      for (const [dx, dy] of sides) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
        const at = (y + dy) * width + x + dx;
        if (found[at] < 0 && labels[at] === labels[first]) {
          found[at] = next;
          piece[size++] = at;
          if (size >= most) break;
        } else if (found[at] >= 0 && found[at] !== next) neighbour = found[at];
      }
    }
    if (size < least) for (let k = 0; k < size; k++) found[piece[k]] = neighbour;
    else next++;
  }
  return found;
}

const sides = [[1, 0], [-1, 0], [0, 1], [0, -1]] as const;
