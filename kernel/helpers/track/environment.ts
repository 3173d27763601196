import * as tf from "@tensorflow/tfjs";
import { finite, known } from "../arguments.js";
import type { Environment } from "./contract.js";
import { hash } from "./hash.js";
import { gitState } from "./node/machine.js";

export interface EnvironmentOptions {
  seed?: number;
  /** Data whose `track.hash` is kept; not the data itself. */
  data?: unknown;
  /** More versions, by name. */
  versions?: Readonly<Record<string, string>>;
}

/**
 * Where and with what a run is made: versions, backend, the commit of the working folder, a hash of the data. No names of people, machines or folders.
 *
 * @example track.environment({ seed: 3 }).seed // 3
 */
export function environment(options: EnvironmentOptions = {}): Environment {
  known(options, ["seed", "data", "versions"]);
  const { seed, data, versions } = options;
  const { process: node } = globalThis as { process?: { version?: string; platform?: string; arch?: string } };
  const git = gitState();
  const backend = tf.engine().backendName as string | undefined;
  return Object.freeze({
    versions: Object.freeze({ tfjs: tf.version_core, ...(node?.version && { node: node.version.replace(/^v/, "") }), ...versions }),
    ...(backend && { backend }),
    ...(node?.platform && { platform: `${node.platform} ${node.arch}` }),
    ...(seed !== undefined && { seed: finite({ seed }) }),
    ...(git && { git }),
    ...(data !== undefined && { data: hash(data) }),
  });
}
