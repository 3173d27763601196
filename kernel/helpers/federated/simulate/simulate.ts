import { say } from "../../../display/language.js";
import { random } from "../../data/random.js";
import { progress as liveProgress } from "../../train/progress.js";
import { gaussian, repeated, sampled, type PrivacyEvent } from "../dp/event.js";
import { checkAlike, type Weights } from "../weights.js";
import { privateMean } from "./combine.js";
import type { Context, Evaluation, Round, SimulateOptions, Simulation } from "./contract.js";
import { resolve, type Resolved } from "./options.js";
import { ask, meanMetrics, participation, select } from "./participate.js";

/**
 * Federated training on one machine, round by round: choose clients, send the weights, let each train on its own data,
 * aggregate what comes back. What is simulated is only the network: the updates, the sampling, the drop-outs, clipping,
 * noise and secure aggregation are those of a real federation.
 *
 * With `privacy` the unit is a client, all of its data at once (user-level differential privacy), and every client has one vote.
 * `mode: "central"`: each update is clipped to norm C, the sum gets Gaussian noise of deviation `noiseMultiplier * clip` and is divided by the public
 * `normaliser`; the guarantee is for neighbours that differ by one client (add or remove), and holds for the weights of
 * all rounds, not for what is under `unprotected`. An empty round is a step of noise alone. `mode: "local"`: each client clips and adds noise of deviation
 * `noiseMultiplier * 2 * clip` itself; the guarantee holds against the server, for any two data sets of a client, not for whether it took part. The event
 * counts every round for every client, also one that was not asked.
 * Sources: McMahan et al. 2017 (FedAvg) and 2018 (DP-FedAvg); Bonawitz et al. 2017 (secure aggregation).
 *
 * @returns the final weights, one record a round, and with privacy the event for an accountant. Same seed, same result, as long as the clients are repeatable and no privacy noise is drawn.
 * @throws `expected at least one client, got none`; `FedMedian must see single updates: it cannot be joined with secure`; a client's own error if every client of a round fails.
 * @example
 * const client = (name, target, examples) => ({ name, train: () => ({ weights: federated.weights({ w: [target] }), examples }) });
 * const run = await federated.simulate({ clients: [client("a", 1, 1), client("b", 5, 3)], weights: federated.weights({ w: [0] }), rounds: 2, progress: false });
 * run.weights[0].values // [4]
 */
export async function simulate<State = undefined>(options: SimulateOptions<State>): Promise<Simulation> {
  const settings = resolve(options);
  const { strategy, rounds } = settings;
  const view = settings.progress === false ? undefined : liveProgress({ steps: rounds, title: say(`${strategy.name}, round`, `${strategy.name}，轮次`) });
  const generator = random(settings.seed);
  const history: Round[] = [];
  let { weights } = settings;
  let state = strategy.init(weights);
  try {
    for (let round = 1; round <= rounds; round++) {
      const next = await oneRound(settings, weights, state, round, generator);
      ({ weights, state } = next);
      history.push(next.record);
      view?.step({ ...next.record.participation?.metrics, ...next.record.clientEvaluation, ...next.record.evaluation });
    }
  } finally {
    view?.done();
  }
  const event = spent(settings);
  return Object.freeze({ weights, history: Object.freeze(history), ...(event && { event }) });
}

async function oneRound<State>(settings: Resolved<State>, global: Weights, before: State, round: number, generator: ReturnType<typeof random>) {
  const { strategy, privacy, secure } = settings;
  const context: Context = { round, proximal: strategy.proximal ?? 0 };
  const turnout = await ask(settings, select(settings, generator), global, context, generator);
  const updates = turnout.answers.map(({ update }) => update);
  let weights = global;
  let state = before;
  let clipped = 0;
  let aggregated = false;
  if (privacy || secure) {
    const enough = privacy?.mode === "central" || updates.length >= settings.least;
    const mean = enough ? await privateMean(settings, turnout, global) : undefined;
    clipped = mean?.clipped ?? 0;
    aggregated = mean?.change !== undefined;
    if (mean?.change) ({ weights, state } = strategy.nextFromMean!(global, mean.change, before));
  } else if (updates.length >= settings.least) {
    aggregated = true;
    ({ weights, state } = strategy.next(global, updates, before));
  }
  checkAlike(weights, global, strategy.name);
  const seen = participation(turnout, clipped);
  const evaluation = await settings.evaluate?.(weights, round);
  const clientEvaluation = settings.evaluateClients ? await evaluateAll(settings, weights, context) : undefined;
  const record: Round = Object.freeze({
    round,
    aggregated,
    ...(evaluation && { evaluation }),
    ...(clientEvaluation && { clientEvaluation }),
    ...(privacy ? { unprotected: seen } : { participation: seen }),
  });
  return { weights, state, record };
}

async function evaluateAll<State>({ clients }: Resolved<State>, weights: Weights, context: Context): Promise<Record<string, number>> {
  const all: Evaluation[] = [];
  for (const client of clients) if (client.evaluate) all.push(await client.evaluate(weights, context));
  return meanMetrics(all);
}

function spent<State>({ privacy, rounds }: Resolved<State>): PrivacyEvent | undefined {
  if (!privacy) return undefined;
  const once = gaussian(privacy.noiseMultiplier);
  return Object.freeze(repeated(rounds, privacy.mode === "central" ? sampled(privacy.rate, once) : once));
}
