import { spawn } from "node:child_process";

/** Open the person's browser, where there is a screen. False: nothing to open with, the address must be enough. */
export function openBrowser(url: string): boolean {
  const { platform, env } = process;
  const wsl = Boolean(env.WSL_DISTRO_NAME);
  if (platform === "linux" && !wsl && !env.DISPLAY && !env.WAYLAND_DISPLAY) return false;
  const [command, ...args] =
    platform === "darwin" ? ["open", url]
    : platform === "win32" ? ["explorer", url]
    : wsl ? ["explorer.exe", url]
    : ["xdg-open", url];
  const child = spawn(command!, args, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
  return true;
}
