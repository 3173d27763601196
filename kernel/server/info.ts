import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../root.js";
import { protocolVersion, type Content } from "../wire/message.js";

/** What `kernel_info_request` is told. Needs nothing loaded: it is the first question of every client. */
export function kernelInfo(): Content {
  const manifest = JSON.parse(readFileSync(join(projectRoot(), "package.json"), "utf8")) as { version: string; dependencies: Record<string, string> };
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "lyceum",
    implementation_version: manifest.version,
    language_info: {
      name: "typescript",
      version: (manifest.dependencies.typescript ?? "").replace(/^\D+/, ""),
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { name: "javascript", typescript: true },
      nbconvert_exporter: "script",
    },
    banner: `Lyceum ${manifest.version}: TypeScript on Node ${process.versions.node}, with TensorFlow as tf`,
    debugger: true,
    supported_features: ["debugger"],
    help_links: [
      { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/" },
      { text: "TensorFlow.js API", url: "https://js.tensorflow.org/api/latest/" },
      { text: "MDN: JavaScript", url: "https://developer.mozilla.org/docs/Web/JavaScript" },
    ],
  };
}
