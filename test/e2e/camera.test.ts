import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/launch.js";
import { openLab, type LabPage } from "./support/lab-page.js";
import { writeNotebook } from "./support/notebook.js";
import { startLab, type RunningLab } from "./support/start.js";

const cells = [
  `const photos = vision.camera({ size: [48, 64], labels: ["paper", "glass"] });\nphotos`,
  "const all = photos.tensor();\n`${photos.count} of ${all.shape.slice(1).join(\" x \")}, ${photos.labels().join(\" and \")}, ${all.min().dataSync()[0] >= 0 && all.max().dataSync()[0] > 0.5}`",
  `const upload = data.upload({ accept: ".csv", language: "zh" });\nupload`,
  "`${(await data.readCsv(upload.files[0]!)).numRows()} rows`",
];

let browser: Browser;
let lab: RunningLab;
let notebook: LabPage;

/** Chromium's own moving test picture takes the camera's place, and the question for permission is answered yes. */
before(async () => {
  [browser, lab] = await Promise.all([launchChromium(["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]), startLab()]);
  writeNotebook(lab.work, "camera.ipynb", cells);
  notebook = await openLab(browser, `${lab.origin}/lab/tree/camera.ipynb?token=${lab.token}`);
  await notebook.idle();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
});

test("The camera runs between start and stop; a picture comes to the kernel small, with its label; the last one can be taken back", async () => {
  await notebook.run(0);
  const widget = notebook.cell(0).locator(".lyceum-capture-root");
  const status = (text: string) => widget.locator(".lyceum-capture-status", { hasText: text }).waitFor();
  const press = (name: string) => widget.getByRole("button", { name }).click();
  await status("No picture yet");
  await press("Start the camera");
  await notebook.page.waitForFunction(() => (document.querySelector<HTMLVideoElement>(".lyceum-capture-video")?.videoWidth ?? 0) > 0);
  await press("Take a picture");
  await status("paper 1");
  await widget.getByLabel("glass").check();
  await press("Take a picture");
  await status("glass 1");
  await press("Take a picture");
  await status("glass 2");
  await press("Remove the last");
  await status("glass 1");
  await notebook.picture("camera");
  await press("Stop the camera");
  assert.equal(await widget.locator("video").evaluate((video) => (video as HTMLVideoElement).srcObject), null, "the camera is off");
  await notebook.run(1);
  assert.match(await notebook.cell(1).locator(".jp-OutputArea-output").first().innerText(), /2 of 48 x 64 x 3, paper and glass, true/);
  assert.deepEqual(notebook.foreign, []);
});

test("A file that is chosen in the notebook comes whole to the kernel, and its rows can be read", async () => {
  await notebook.run(2);
  const widget = notebook.cell(2).locator(".lyceum-upload-root");
  const [chooser] = await Promise.all([notebook.page.waitForEvent("filechooser"), widget.getByRole("button", { name: "选择文件" }).click()]);
  await chooser.setFiles({ name: "rows.csv", mimeType: "text/csv", buffer: Buffer.from(`n,text\n${"1,一\n".repeat(90_000)}`) });
  await widget.getByText("已进入笔记本").waitFor();
  await notebook.picture("upload");
  await notebook.run(3);
  assert.match(await notebook.cell(3).locator(".jp-OutputArea-output").first().innerText(), /90000 rows/);
  assert.deepEqual(notebook.foreign, []);
});
