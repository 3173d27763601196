import { encodePng } from "../display/image/png.js";

/** The mark: a small colonnade, the school's walk, on a blue tile. Coordinates of a 64 x 64 square. */
interface Shape {
  colour: string;
  points: [x: number, y: number][];
}

const tile = "#1f4e79";
const stone = "#f7f3e8";
const gold = "#e0a82e";

const bar = (x: number, y: number, width: number, height: number): Shape["points"] => [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];

const shapes: Shape[] = [
  { colour: gold, points: [[32, 9], [55, 23], [9, 23]] },
  { colour: stone, points: bar(11, 26, 42, 4) },
  ...[14, 24, 34, 44].map((x) => ({ colour: stone, points: bar(x, 32, 6, 15) })),
  { colour: stone, points: bar(9, 49, 46, 5) },
];

const corner = 12;

export function logoSvg(): string {
  const polygons = shapes.map(({ colour, points }) => `<polygon fill="${colour}" points="${points.map((point) => point.join(",")).join(" ")}"/>`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="Lyceum"><rect width="64" height="64" rx="${corner}" fill="${tile}"/>${polygons}</svg>\n`;
}

/** The same mark as a PNG of `size` x `size` pixels, edges smoothed by 4 x 4 samples a pixel. */
export function logoPng(size: number): Uint8Array {
  const data = new Uint8Array(size * size * 4);
  for (let i = 0; i < size * size; i++) data.set(pixel(i % size, Math.floor(i / size), 64 / size), i * 4);
  return encodePng({ data, width: size, height: size, channels: 4 });
}

function pixel(x: number, y: number, scale: number): number[] {
  const samples = 4;
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < samples * samples; i++) {
    const colour = colourAt((x + ((i % samples) + 0.5) / samples) * scale, (y + (Math.floor(i / samples) + 0.5) / samples) * scale);
    if (colour === undefined) continue;
    [1, 3, 5].forEach((at, channel) => (sum[channel] = (sum[channel] ?? 0) + Number.parseInt(colour.slice(at, at + 2), 16)));
    sum[3] = (sum[3] ?? 0) + 1;
  }
  const covered = sum[3] ?? 0;
  return [...sum.slice(0, 3).map((value) => (covered === 0 ? 0 : Math.round(value / covered))), Math.round((covered / (samples * samples)) * 255)];
}

function colourAt(x: number, y: number): string | undefined {
  const top = shapes.findLast(({ points }) => inside(points, x, y));
  if (top) return top.colour;
  const dx = Math.max(corner - x, x - (64 - corner), 0);
  const dy = Math.max(corner - y, y - (64 - corner), 0);
  return dx * dx + dy * dy <= corner * corner ? tile : undefined;
}

/** Even-odd rule. */
function inside(points: Shape["points"], x: number, y: number): boolean {
  return points.filter(([x1, y1], index) => {
    const [x2, y2] = points[(index + 1) % points.length] ?? [x1, y1];
    return y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
  }).length % 2 === 1;
}
