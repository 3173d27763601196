import { fraction as fromZeroToOne, known, oneOf, positive, whole } from "../../arguments.js";
import { gaussianNoise } from "../dp/noise.js";
import { fedAvg } from "../strategy/fedavg.js";
import type { Strategy } from "../strategy/contract.js";
import type { CentralPrivacy, LocalPrivacy, SimulateOptions } from "./contract.js";

const names = ["clients", "weights", "rounds", "strategy", "fraction", "dropOut", "least", "seed", "evaluate", "evaluateClients", "privacy", "secure", "progress"];

export type Resolved<State> = SimulateOptions<State> & Required<Pick<SimulateOptions<State>, "strategy" | "fraction" | "dropOut" | "least" | "seed">> & { privacy?: Required<CentralPrivacy> | Required<LocalPrivacy> };

/** All checks and defaults of `simulate`, in one place. */
export function resolve<State>(options: SimulateOptions<State>): Resolved<State> {
  known(options, names);
  const { clients } = options;
  if (!Array.isArray(clients) || clients.length === 0) throw new RangeError(`expected at least one client, got ${Array.isArray(clients) ? "none" : typeof clients}`);
  const seen = new Set<string>();
  for (const { name } of clients) {
    if (seen.has(name)) throw new RangeError(`expected names of clients to differ, got ${name} twice`);
    seen.add(name);
  }
  whole({ rounds: options.rounds }, 1);
  const strategy = options.strategy ?? (fedAvg() as Strategy<never> as Strategy<State>);
  const fraction = fromZeroToOne({ fraction: options.fraction ?? 1 });
  if (fraction === 0) throw new RangeError("expected fraction above 0, got 0");
  const dropOut = options.dropOut ?? 0;
  if (typeof dropOut !== "function") fromZeroToOne({ dropOut });
  const least = whole({ least: options.least ?? 1 }, 1);
  if (least > clients.length) throw new RangeError(`expected least at most ${clients.length} (clients), got ${least}`);
  const privacy = options.privacy && checkPrivacy(options.privacy);
  if ((privacy || options.secure) && !strategy.nextFromMean) throw new TypeError(`${strategy.name} must see single updates: it cannot be joined with ${privacy ? "privacy" : "secure"}`);
  if (privacy?.mode === "central" && options.fraction !== undefined) throw new TypeError("expected fraction or privacy.rate, got both: central privacy draws the clients by its rate");
  if (privacy && options.least !== undefined) throw new TypeError("least cannot be joined with privacy: leaving out a round tells how many took part");
  if (privacy?.mode === "central" && options.secure) throw new TypeError("central privacy cannot be joined with secure: a round of Poisson sampling may be empty, and secure aggregation tells who is in it. Use privacy.mode local");
  if (privacy && options.evaluateClients) throw new TypeError("evaluateClients cannot be joined with privacy: the clients' own numbers would leave them without noise");
  return { ...options, strategy, fraction, dropOut, least, seed: options.seed ?? 0, ...(privacy && { privacy }) } as Resolved<State>;
}

function checkPrivacy(privacy: CentralPrivacy | LocalPrivacy): Required<CentralPrivacy> | Required<LocalPrivacy> {
  const mode = oneOf({ "privacy.mode": privacy.mode }, ["central", "local"]);
  known(privacy, ["mode", "clip", "noiseMultiplier", "noise", ...(mode === "central" ? ["rate", "normaliser"] : [])]);
  positive({ "privacy.clip": privacy.clip });
  positive({ "privacy.noiseMultiplier": privacy.noiseMultiplier });
  const noise = privacy.noise ?? gaussianNoise;
  if (privacy.mode === "local") return { ...privacy, noise };
  positive({ "privacy.normaliser": privacy.normaliser });
  if (fromZeroToOne({ "privacy.rate": privacy.rate }) === 0) throw new RangeError("expected privacy.rate above 0, got 0");
  return { ...privacy, noise };
}
