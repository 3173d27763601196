import { test } from "node:test";
import { passAttached } from "../attached.js";

test("the questions of a notebook user are answered, and tslab's notebooks run, with a debugger attached", { timeout: 300_000 }, () => passAttached("interop"));
