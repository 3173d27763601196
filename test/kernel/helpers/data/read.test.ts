import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { encode } from "fast-png";
import { decodeInJavaScript } from "../../../../kernel/helpers/data/read/decode.js";
import { gzipSync } from "node:zlib";
import { createComms } from "../../../../kernel/runner/comms.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as data from "../../../../kernel/helpers/data/index.js";
import { projectRoot } from "../../../support/root.js";

const folder = join(projectRoot, "test/fixtures/data");
const file = (name: string) => join(folder, name);
const bytes = (text: string) => new TextEncoder().encode(text);

const cities = [{ 城市: "北京", 人数: 2189, 备注: "首都" }, { 城市: "上海", 人数: 2487, 备注: "港口, 金融" }, { 城市: "广州", 人数: 1868, 备注: null }];
for (const [name, encoding] of [["cities-gb18030.csv", "gb18030"], ["cities-utf8-bom.csv", "utf-8"], ["cities-utf16le.csv", "utf-16le"], ["cities-utf16be-bare.csv", "utf-16be"]] as const) {
  test(`a CSV in ${encoding} is read as what it says, without being told the encoding (${name})`, async () => {
    assert.equal(data.detectEncoding(readFileSync(file(name))), encoding);
    assert.deepEqual([...(await data.readCsv(file(name)))], cities);
    assert.deepEqual([...(await data.readCsv(file(name), { encoding }))], cities);
  });
}

test("a latin1 file with semicolons and decimal commas is read with its umlauts, numbers and all", async () => {
  assert.equal(data.detectEncoding(readFileSync(file("staedte-latin1.csv"))), "latin1");
  assert.deepEqual([...(await data.readCsv(file("staedte-latin1.csv"), { decimal: "," }))], [{ Stadt: "München", Höhe: 519, Fläche: 310.7 }, { Stadt: "Köln", Höhe: 53, Fläche: 405 }, { Stadt: "Görlitz", Höhe: 199, Fläche: 67.9 }]);
});

test("a wrong encoding is refused with the byte, its line and the encoding that fits", async () => {
  await assert.rejects(data.readCsv(file("cities-gb18030.csv"), { encoding: "utf-8" }), /expected utf-8 text in cities-gb18030.csv, got byte 0xB3 in line 1; it reads as gb18030: give \{ encoding: "gb18030" \}/);
  const late = Buffer.concat([bytes("a,b\n1,2\n3,"), Buffer.from([0xe9]), bytes("\n")]);
  await assert.rejects(data.readCsv(late, { encoding: "utf-8" }), /byte 0xE9 in line 3; it reads as latin1/);
  await assert.rejects(data.readCsv(late, { encoding: "utf8" as "utf-8" }), /unknown encoding: utf8/);
});

test("a ragged row is refused with its line in the file, line breaks in quotes counted", async () => {
  await assert.rejects(data.readCsv(file("ragged.csv")), /expected 3 fields in line 5 of ragged.csv, got 2: "3,C"/);
});

test("a duplicate header, an empty file, an unnamed column and an unclosed quote are named", async () => {
  await assert.rejects(data.readCsv(file("duplicate-header.csv")), /duplicate column in duplicate-header.csv: price \(columns 1 and 2\)/);
  await assert.rejects(data.readCsv(file("empty.csv")), /empty file: empty.csv/);
  await assert.rejects(data.read(file("empty.csv")), /empty file: empty.csv/);
  assert.throws(() => data.parseCsv(" \n "), /empty file: the text/);
  assert.throws(() => data.parseCsv("<!DOCTYPE html><title>x</title>"), /expected a delimited text in the text, got a web page/);
  assert.throws(() => data.parseCsv("a,,c\n1,2,3"), /unnamed column 1 in the text/);
  assert.throws(() => data.parseCsv('a,b\n1,2\n3,"4\n5,6'), /a quote opened in line 3 of the text is never closed/);
  assert.throws(() => data.parseCsv("a,b", { delimiter: "::" }), /expected delimiter to be one character, got "::"/);
  assert.throws(() => data.parseCsv("a,b", { delimeter: ";" } as object), /unknown option: delimeter/);
  await assert.rejects(data.readCsv(file("absent.csv")), /no file at .*absent.csv/);
  await assert.rejects(data.readCsv(folder), /expected a file, got the folder/);
});

test("quotes, doubled quotes, line breaks, CRLF and empty lines come out as written", () => {
  const table = data.parseCsv('a,b\r\n"x ""y""\r\nz",1\r\n\r\n" p ",2\r\n');
  assert.deepEqual([...table], [{ a: 'x "y"\r\nz', b: 1 }, { a: " p ", b: 2 }]);
});

test("types are those of whole columns: codes with leading zeros and long numbers stay words, NA is missing only among numbers", () => {
  const table = data.parseCsv("post,n,country,long,day,ok,mix\n01067,1,NA,12345678901234567890,2024-02-29,true,1\n10115,NA,DE,1,2024-03-01,FALSE,b\n");
  assert.deepEqual([...table], [
    { post: "01067", n: 1, country: "NA", long: "12345678901234567890", day: new Date("2024-02-29T00:00:00Z"), ok: true, mix: "1" },
    { post: "10115", n: null, country: "DE", long: "1", day: new Date("2024-03-01T00:00:00Z"), ok: false, mix: "b" },
  ]);
  assert.deepEqual([...data.parseCsv("day\n2024-02-30\n")], [{ day: "2024-02-30" }], "a day that no calendar has is no date");
  assert.deepEqual([...data.parseCsv("a,b\n-9,x\n1,-9", { missing: ["-9"] })], [{ a: null, b: "x" }, { a: 1, b: null }]);
  assert.deepEqual([...data.parseCsv("1,2\n3,4", { header: false })], [{ c0: 1, c1: 2 }, { c0: 3, c1: 4 }]);
  assert.deepEqual(data.parseCsv("2021,2020,a\n1,2,3").columnNames(), ["2021", "2020", "a"], "columns named like numbers keep their places");
});

test("the delimiter is found, also where other signs are about", () => {
  for (const sign of [",", ";", "\t", "|"]) assert.equal(data.detectDelimiter(`name${sign}note${sign}n\nA${sign}"x, y; z"${sign}1\nB${sign}"p|q"${sign}2\n`), sign);
  assert.equal(data.detectDelimiter("alone\n1\n2"), ",");
});

test("what is written by arquero is read back the same, over many random tables", () => {
  const draw = data.random(3);
  const signs = ["a", ",", '"', "\n", ";", "你", " ", "0", "é"];
  for (let round = 0; round < 50; round++) {
    const rows = Array.from({ length: 6 }, (_, id) => ({ id, text: `t${Array.from({ length: 5 }, () => signs[draw.integer(0, signs.length - 1)]).join("")}`, n: draw.normal() }));
    assert.deepEqual([...data.parseCsv(data.table(rows).toCSV(), { delimiter: "," })], rows);
  }
});

test("JSON and JSON Lines are read, and what is neither is named with its line", async () => {
  assert.deepEqual([...(await data.read(file("lines.jsonl")))], [{ a: 1, b: "x", c: null }, { a: 2, b: null, c: true }]);
  assert.deepEqual([...(await data.readJson(bytes('{"a":[1,2],"b":["x","y"]}')))], [{ a: 1, b: "x" }, { a: 2, b: "y" }]);
  await assert.rejects(data.readJson(bytes('{"a":')), /invalid JSON in the bytes: .*one record a line is read by data.readJsonLines/);
  await assert.rejects(data.readJson(bytes('{"rows":{"a":1}}')), /expected an array of records or columns in the bytes, got an object with rows: give \{ path/);
  await assert.rejects(data.readJsonLines(bytes('{"a":1}\n{"a":\n')), /invalid JSON in line 2 of the bytes/);
  await assert.rejects(data.readJsonLines(bytes('{"a":1}\n5\n')), /expected a record in line 2 of the bytes, got 5/);
});

for (const codec of ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]) {
  test(`a Parquet file compressed by ${codec} has the values that pyarrow wrote`, async () => {
    const table = await data.read(file(`houses-${codec}.parquet`));
    assert.deepEqual([...table], [
      { id: 1, price: 1.5, town: "A", sold: true, day: new Date("2024-03-01T00:00:00Z"), big: 2n ** 60n, kind: "u" },
      { id: 2, price: null, town: "B", sold: false, day: new Date("2024-03-02T00:00:00Z"), big: 1n, kind: "v" },
      { id: 3, price: -2.25, town: null, sold: null, day: null, big: 2n, kind: "u" },
      { id: 4, price: 1e10, town: "北京", sold: true, day: new Date("1999-12-31T00:00:00Z"), big: 3n, kind: "u" },
    ]);
  });
}

test("a truncated Parquet file is named wherever it is cut, and another file is no Parquet", async () => {
  await assert.rejects(data.readParquet(file("truncated.parquet")), /truncated Parquet file: truncated.parquet/);
  const whole = readFileSync(file("houses-snappy.parquet"));
  for (let cut = 4; cut < whole.length; cut += 97) await assert.rejects(data.readParquet(whole.subarray(0, cut)), /truncated Parquet file: the bytes/);
  // The end is there, the middle is not.
  await assert.rejects(data.readParquet(Buffer.concat([whole.subarray(0, 40), whole.subarray(whole.length - 900)])), /truncated Parquet file/);
  await assert.rejects(data.readParquet(file("lines.jsonl")), /expected a Parquet file, got lines.jsonl/);
  await assert.rejects(data.readParquet(file("houses-none.parquet"), { columns: ["id", "area"] }), /unknown column: area \(columns: id, price/);
  assert.deepEqual((await data.readParquet(file("houses-none.parquet"), { columns: ["town", "id"] })).columnNames(), ["town", "id"]);
});

test("a gzipped IDX file has the numbers that NumPy wrote; a cut one is named", async () => {
  const { shape, data: values } = await data.readIdx(file("digits-idx3-ubyte.gz"));
  const truth = JSON.parse(readFileSync(file("digits.json"), "utf8"));
  assert.deepEqual([[...shape], [...values]], [truth.shape, truth.data]);
  const raw = new Uint8Array([0, 0, 0x0d, 1, 0, 0, 0, 2, 0x3f, 0xc0, 0, 0, 0xc0, 0x20, 0, 0]);
  assert.deepEqual([...(await data.readIdx(raw)).data], [1.5, -2.5]);
  await assert.rejects(data.readIdx(raw.subarray(0, 14)), /truncated IDX file: the bytes \(8 bytes of values expected, 6 found\)/);
  await assert.rejects(data.readIdx(file("lines.jsonl")), /expected an IDX file, got lines.jsonl/);
  const gz = readFileSync(file("digits-idx3-ubyte.gz"));
  await assert.rejects(data.readIdx(gz.subarray(0, gz.length - 30)), /truncated (gzip|IDX) file/);
});

test("without TensorFlow PNG and JPEG pictures become the same pixels, whatever the PNG's depth and kind", async () => {
  const flag = await decodeInJavaScript(readFileSync(file("flag.png")), "image/png");
  assert.deepEqual([flag.width, flag.height, Array.from(flag.data).slice(0, 4), Array.from(flag.data).slice(-4)], [8, 6, [255, 0, 0, 255], [10, 20, 30, 255]]);
  const photo = await decodeInJavaScript(readFileSync(file("flag.jpg")), "image/jpeg");
  assert.deepEqual([photo.width, photo.height, photo.data.length], [32, 24, 4 * 768]);
  assert.ok(photo.data[0]! > 245 && photo.data[1]! < 10, Array.from(photo.data).slice(0, 4).join());
  const png = async (values: number[], channels: 1 | 2 | 3 | 4, depth: 8 | 16) => Array.from((await decodeInJavaScript(encode({ width: 2, height: 1, channels, depth, data: depth === 16 ? Uint16Array.from(values) : Uint8Array.from(values) }), "image/png")).data);
  assert.deepEqual(await png([0, 200], 1, 8), [0, 0, 0, 255, 200, 200, 200, 255]);
  assert.deepEqual(await png([5, 128, 200, 0], 2, 8), [5, 5, 5, 128, 200, 200, 200, 0]);
  assert.deepEqual(await png([65535, 0, 257, 0, 0, 65535], 3, 16), [255, 0, 1, 255, 0, 0, 255, 255]);
  assert.deepEqual(await png([1, 2, 3, 4, 5, 6, 7, 8], 4, 8), [1, 2, 3, 4, 5, 6, 7, 8]);
  await assert.rejects(decodeInJavaScript(readFileSync(file("flag.png")).subarray(0, 60), "image/png"));
  await assert.rejects(decodeInJavaScript(new Uint8Array(9), "image/webp"), /image\/webp needs a browser or the TensorFlow engine/);
});

test("PNG and JPEG pictures become their pixels on TensorFlow; no tensor is left behind", async (t) => {
  const { tf, tier } = await loadEngine();
  if (tier !== "tensorflow") return t.skip("needs the TensorFlow engine");
  const before = tf.memory().numTensors;
  const flag = await data.readImage(file("flag.png"));
  assert.deepEqual([flag.width, flag.height, flag.channels, [...flag.data.slice(0, 3)], [...flag.data.slice(-3)]], [8, 6, 3, [255, 0, 0], [10, 20, 30]]);
  const grey = await data.readImage(file("flag.jpg"), { channels: 1 });
  assert.deepEqual([grey.width, grey.height, grey.data.length], [32, 24, 768]);
  assert.ok(Math.abs(grey.data[0]! - 76) <= 2, String(grey.data[0]));
  await assert.rejects(data.readImage(readFileSync(file("flag.png")).subarray(0, 60)), /cannot decode the bytes/);
  await assert.rejects(data.readImage(file("lines.jsonl")), /expected a PNG, JPEG, GIF or WebP picture, got lines.jsonl/);
  await assert.rejects(data.read(file("flag.png")), /flag.png is a picture: read it with data.readImage/);
  assert.equal(tf.memory().numTensors, before);
});

test("a URL is read with progress; a limit, a lost server and a cancel are errors that say so", async () => {
  const body = `a,b\n${"1,2\n".repeat(400_000)}`;
  const server = createServer(({ url }, response) => {
    if (url === "/lost.csv") return void response.writeHead(404).end();
    response.writeHead(200, { "content-length": body.length });
    if (url === "/slow.csv") response.write(body.slice(0, 1000));
    else response.end(body);
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const at = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
  try {
    const seen: number[] = [];
    const table = await data.readCsv(at("table.csv"), { progress: (done, total) => (assert.equal(total, body.length), seen.push(done)) });
    assert.equal(table.numRows(), 400_000);
    assert.ok(seen.length > 1 && seen.at(-1) === body.length, String(seen.length));
    await assert.rejects(data.readCsv(at("table.csv"), { limit: 1000 }), /expected table.csv of at most 1000 B, got 1.526 MiB: give \{ limit/);
    await assert.rejects(data.readCsv(at("lost.csv")), /cannot read http.*lost.csv: the server answers 404/);
    await assert.rejects(data.readCsv(at("slow.csv"), { signal: AbortSignal.timeout(100) }), { name: "TimeoutError" });
    await assert.rejects(data.readCsv(at("table.csv"), { signal: AbortSignal.abort() }), { name: "AbortError" });
    await assert.rejects(data.readCsv("http://127.0.0.1:9/x.csv"), /cannot reach http/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("gzip is opened, and what it would become counts for the limit", async () => {
  const zipped = gzipSync(`a\n${"1\n".repeat(5000)}`);
  assert.equal((await data.readCsv(zipped)).numRows(), 5000);
  await assert.rejects(data.readCsv(zipped, { limit: 5000 }), /expected the bytes, unzipped, of at most 4.883 KiB, got 9.768 KiB/);
  await assert.rejects(data.readCsv(zipped.subarray(0, 30)), /truncated gzip file|unzipped/);
});

test("an upload puts the pieces that a page sends together, refuses what is too large, and forgets what is cancelled", async () => {
  const messages: { commId: string; data?: { method?: string; content?: { type: string; id: string; at?: number } } }[] = [];
  const comms = createComms((message) => void messages.push(message as never), (act) => act());
  const upload = data.upload({ limit: 10, comms });
  const shown = (upload as unknown as Record<symbol, () => { data: Record<string, unknown> }>)[Symbol.for("Jupyter.display")]!();
  assert.ok("application/vnd.jupyter.widget-view+json" in shown.data);
  const { commId } = messages[0]!;
  const page = (content: object, buffers: Uint8Array[] = []) => comms.receive({ kind: "msg", commId, data: { method: "custom", content }, buffers } as never);
  const told = () => messages.at(-1)!.data!.content!;
  const next = upload.next();
  page({ type: "begin", id: "big", name: "big.csv", mime: "", size: 11 });
  assert.equal(told().type, "refused");
  page({ type: "begin", id: "gone", name: "gone.csv", mime: "", size: 3 });
  page({ type: "cancel", id: "gone" });
  page({ type: "piece", id: "gone" }, [bytes("a,b")]);
  page({ type: "begin", id: "x", name: "x.csv", mime: "text/csv", size: 7 });
  page({ type: "piece", id: "x" }, [bytes("a,b\n")]);
  assert.deepEqual(told(), { type: "more", id: "x", at: 4 });
  page({ type: "piece", id: "x" }, [bytes("1,2")]);
  assert.deepEqual([...(await data.readCsv(await next))], [{ a: 1, b: 2 }]);
  assert.deepEqual(upload.files.map(({ name }) => name), ["x.csv"]);
});
