import { mkdirSync, readFileSync, existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Place } from "./place.js";

export type Language = "en" | "zh";

/** What JupyterLab looks like the first time: nothing asks, nothing pops up, line numbers as the error messages count them. */
export function labSettings(language: Language): Record<string, Record<string, unknown>> {
  return {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
    "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true },
    "@jupyterlab/notebook-extension:tracker": { codeCellConfig: { lineNumbers: true, lineWrap: true } },
    "@jupyterlab/translation-extension:plugin": { locale: language === "zh" ? "zh_CN" : "default" },
  };
}

/** Extensions that would ask another host, or offer to install programs. */
const pageConfig = {
  disabledExtensions: {
    "@jupyterlab/apputils-extension:announcements": true,
    "@jupyterlab/extensionmanager-extension": true,
  },
};

/**
 * Write the defaults; what a student changes in JupyterLab's own settings lies elsewhere and wins.
 * They are JupyterLab's `labconfig` files in our private configuration folder.
 */
export function writeLabSettings(place: Place, language: Language): void {
  const folder = join(place.private, "config/labconfig");
  writeIfChanged(join(folder, "default_setting_overrides.json"), labSettings(language));
  writeIfChanged(join(folder, "page_config.json"), pageConfig);
}

function writeIfChanged(file: string, value: unknown): void {
  const text = JSON.stringify(value, undefined, 2) + "\n";
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The first of LC_ALL, LC_MESSAGES, LANG that is set decides; English otherwise. */
export function systemLanguage(environment: NodeJS.ProcessEnv = process.env): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "";
  return locale.startsWith("zh") ? "zh" : "en";
}
