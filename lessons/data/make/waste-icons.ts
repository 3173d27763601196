/**
 * Makes lessons/data/waste-icons/ from three icon sets on npm: @iconify-json/noto 1.2.9 (Apache-2.0), @iconify-json/twemoji 1.2.5 (CC BY 4.0)
 * and @iconify-json/fluent-emoji 1.2.7 (MIT). In a folder of its own:
 *
 *     npm install @resvg/resvg-js@2.6.2 @iconify-json/noto@1.2.9 @iconify-json/twemoji@1.2.5 @iconify-json/fluent-emoji@1.2.7
 *     node dist/lessons/data/make/waste-icons.js THAT_FOLDER lessons/data/waste-icons
 *
 * Each drawing is laid on white at 96 x 96 pixels. Which object belongs into which bin was decided by hand, below; objects of several
 * materials (a light bulb, a gift box) are left out, so are the icons that Microsoft
 * does not give away (paper clips, game controllers), and the parcel, on which resvg 2.6.2 fails.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { gzipSync } from "fflate";

const side = 96;
const vendors = ["noto", "twemoji", "fluent-emoji"] as const;

const objects = {
  paper: "newspaper rolled-up-newspaper page-facing-up page-with-curl scroll closed-book open-book green-book blue-book orange-book notebook notebook-with-decorative-cover ledger envelope love-letter incoming-envelope memo bookmark-tabs receipt spiral-notepad spiral-calendar roll-of-paper calendar books ticket admission-tickets takeout-box file-folder world-map red-envelope",
  plastic: "lotion-bottle toothbrush bucket cup-with-straw bubble-tea baby-bottle credit-card bento-box straight-ruler triangular-ruler pen water-pistol sponge identification-card ring-buoy diving-mask flying-disc yo-yo hair-pick goggles rescue-workers-helmet playground-slide beverage-box",
  metal: "canned-food key old-key wrench hammer nut-and-bolt gear spoon fork-and-knife kitchen-knife bell scissors chains hook axe pick hammer-and-pick hammer-and-wrench dagger trumpet safety-pin screwdriver carpentry-saw coin anchor magnet toolbox oil-drum clamp shopping-cart trophy",
  glass: "wine-glass cocktail-glass beer-mug clinking-beer-mugs clinking-glasses tumbler-glass glass-of-milk bottle-with-popping-cork jar tropical-drink mirror window hourglass-done hourglass-not-done test-tube magnifying-glass-tilted-left magnifying-glass-tilted-right crystal-ball petri-dish nazar-amulet pouring-liquid alembic",
  organic: "red-apple green-apple banana tangerine lemon watermelon grapes strawberry pear peach carrot ear-of-corn broccoli leafy-green bread fallen-leaf maple-leaf bone egg fish potato onion avocado mushroom cherries pineapple tomato eggplant cucumber hot-pepper kiwi-fruit peanuts",
  "e-waste": "mobile-phone laptop desktop-computer keyboard computer-mouse trackball printer battery low-battery electric-plug television radio camera camera-with-flash video-camera telephone telephone-receiver pager fax-machine watch headphone studio-microphone joystick flashlight floppy-disk computer-disk optical-disk videocassette movie-camera satellite-antenna film-projector control-knobs",
  textile: "t-shirt jeans dress scarf gloves coat socks kimono sari shorts bikini briefs one-piece-swimsuit necktie womans-clothes thread yarn billed-cap top-hat womans-hat running-shirt martial-arts-uniform lab-coat running-shoe handbag clutch-bag backpack teddy-bear ballet-shoes hiking-boot mans-shoe flat-shoe",
} as const;

interface IconSet {
  width?: number;
  height?: number;
  icons: Record<string, { body: string; left?: number; top?: number; width?: number; height?: number }>;
  aliases?: Record<string, { parent: string }>;
}
interface Resvg {
  new (svg: string, options: object): { render(): { width: number; height: number; pixels: Uint8Array } };
}

const [from, to] = process.argv.slice(2).map((path) => resolve(path)) as [string, string];
const load = createRequire(join(from, "package.json"));
const { Resvg } = load("@resvg/resvg-js") as { Resvg: Resvg };

function draw(set: IconSet, name: string): Uint8Array {
  const icon = set.icons[name] ?? set.icons[set.aliases?.[name]?.parent ?? ""];
  if (!icon) throw new Error(`no icon ${name}`);
  const { left = 0, top = 0, width = set.width ?? 16, height = set.height ?? 16, body } = icon;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${side}" height="${side}" viewBox="${left} ${top} ${width} ${height}">${body}</svg>`;
  const image = new Resvg(svg, { background: "white", font: { loadSystemFonts: false } }).render();
  if (image.width !== side || image.height !== side) throw new Error(`${name} is ${image.width} x ${image.height}`);
  const { pixels } = image;
  return Uint8Array.from({ length: side * side * 3 }, (_, at) => pixels[Math.floor(at / 3) * 4 + (at % 3)]!);
}

function idx(shape: number[], values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, 8, shape.length]);
  shape.forEach((length, at) => view.setUint32(4 + 4 * at, length));
  bytes.set(values, 4 + 4 * shape.length);
  return gzipSync(bytes, { level: 9, mtime: 0 });
}

const sets = new Map(vendors.map((vendor) => [vendor, JSON.parse(readFileSync(join(from, "node_modules/@iconify-json", vendor, "icons.json"), "utf8")) as IconSet]));
const rows = vendors.flatMap((vendor) => Object.values(objects).flatMap((names, label) => names.split(" ").map((object) => ({ vendor, object, label, pixels: draw(sets.get(vendor)!, object) }))));
const pixels = new Uint8Array(rows.length * side * side * 3);
rows.forEach((row, at) => pixels.set(row.pixels, at * row.pixels.length));
writeFileSync(join(to, "images-idx4-ubyte.gz"), idx([rows.length, side, side, 3], pixels));
writeFileSync(join(to, "labels-idx1-ubyte.gz"), idx([rows.length], Uint8Array.from(rows, ({ label }) => label)));
writeFileSync(join(to, "columns.json"), `${JSON.stringify({ vendor: rows.map(({ vendor }) => vendor.split("-")[0]), object: rows.map(({ object }) => object) })}\n`);
console.log(rows.length, Object.keys(objects));
