import { existsSync, readFileSync } from "node:fs";

/** How a person installs a system package here: `sudo apt-get install python3-venv`. */
export function installHint(packages: { debian: string; fedora: string; brew: string; windows: string }): string {
  if (process.platform === "darwin") return `brew install ${packages.brew}`;
  if (process.platform === "win32") return `winget install ${packages.windows}`;
  const sudo = process.getuid?.() === 0 ? "" : "sudo ";
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  if (/^ID(_LIKE)?=.*(fedora|rhel)/m.test(release)) return `${sudo}dnf install ${packages.fedora}`;
  return `${sudo}apt-get install ${packages.debian}`;
}
