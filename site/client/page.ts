/** What a lesson page does beyond being read: theme and copy. Everything else works without it. */

const root = document.documentElement;
const key = "lyceum-theme";

const stored = read();
if (stored) root.dataset.theme = stored;

const theme = document.getElementById("theme");
if (theme) {
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try {
      localStorage.setItem(key, root.dataset.theme);
    } catch {
      // A private window forgets; the page still changes.
    }
  });
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button.copy")) {
  const code = button.parentElement?.querySelector("code");
  if (!code || !navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent ?? "");
    button.textContent = button.dataset.done ?? label;
    setTimeout(() => (button.textContent = label), 1500);
  });
}

function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
