import { join } from "node:path";
import { projectRoot } from "../root.js";

/** Where things lie. Everything that set-up makes is inside the project's folder, so deleting `.venv` undoes it. */
export interface Place {
  root: string;
  /** The Python environment with JupyterLab and TensorFlow's wheel. */
  venv: string;
  /** Python inside it. */
  python: string;
  /** JupyterLab's settings, workspace, runtime files and log: the user's own `~/.jupyter` is neither read nor written. */
  private: string;
}

/** The variables LYCEUM_VENV and LYCEUM_HOME move the environment and the private folder; tests begin with an empty one. */
export function findPlace(root = projectRoot(), venv = process.env.LYCEUM_VENV ?? join(root, ".venv")): Place {
  const windows = process.platform === "win32";
  return {
    root,
    venv,
    python: join(venv, windows ? "Scripts" : "bin", windows ? "python.exe" : "python"),
    private: process.env.LYCEUM_HOME ?? join(venv, "lyceum"),
  };
}
