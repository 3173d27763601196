import { test } from "node:test";
import { passAttached } from "../attached.js";

test("the kernel keeps its promises with a debugger attached: its protocol tests pass so", { timeout: 300_000 }, () => passAttached("server"));
test("a session keeps its promises with a debugger attached: interrupts, accidents, imports, errors", { timeout: 300_000 }, () => passAttached("session"));
test("tslab's notebooks and other real ones run with a debugger attached", { timeout: 300_000 }, () => passAttached("interop"));
