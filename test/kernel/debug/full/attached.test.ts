import { test } from "node:test";
import { passAttached } from "../attached.js";

test("the kernel keeps its promises with a debugger attached: its protocol tests pass so", { timeout: 300_000 }, () => passAttached("server"));
test("a session keeps its promises with a debugger attached: interrupts, accidents, imports, errors", { timeout: 300_000 }, () => passAttached("session"));
test("the questions of a notebook user are answered, and tslab's notebooks run, with a debugger attached", { timeout: 300_000 }, () => passAttached("interop"));
