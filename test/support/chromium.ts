import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** $CHROMIUM_PATH, then the usual names on the PATH, then browsers that Playwright has downloaded. */
export function findChromium(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/snap/bin"];
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  return onPath ?? ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", ...playwrightBrowsers()].find((path) => existsSync(path));
}

function playwrightBrowsers(): string[] {
  const cache = join(homedir(), process.platform === "darwin" ? "Library/Caches/ms-playwright" : ".cache/ms-playwright");
  if (!existsSync(cache)) return [];
  return readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name)).sort().reverse()
    .flatMap((name) => ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-mac/Chromium.app/Contents/MacOS/Chromium"].map((path) => join(cache, name, path)));
}

export function installChromiumHint(): string {
  return process.platform === "darwin" ? "install Google Chrome, or set CHROMIUM_PATH" : "run `sudo apt-get install chromium fonts-noto-cjk`, or set CHROMIUM_PATH to a browser";
}
