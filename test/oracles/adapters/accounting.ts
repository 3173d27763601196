import { privacy } from "../../../kernel/index.js";
import type { Adapter } from "../contract.js";

type Input = Record<string, never>;
const { events } = privacy;

const step = (sigma: number, q = 1) => events.poissonSampled({ rate: q, event: events.gaussian({ noiseMultiplier: sigma }) });

function rdp({ rule, orders, parts, delta }: Input, expected: { rdpAt: { order: number }[]; deltaForEpsilon?: { epsilon: number } }): unknown {
  const spend = (options: Parameters<typeof privacy.accountant>[0]) =>
    (parts as { q: number; sigma: number; steps: number }[]).reduce((sum, { q, sigma, steps }) => sum.compose(step(sigma, q), steps), privacy.accountant(options as { kind: "rdp" }));
  const named = rule === "opacus" ? "opacus" : "dp-accounting";
  const accountant = spend({ kind: "rdp", rule: named, orders });
  const curve = accountant.rdp();
  const opacus = spend({ kind: "rdp", rule: "opacus" });
  return {
    epsilon: accountant.epsilon(delta),
    optimalOrder: accountant.bestOrder(delta),
    rdpAt: expected.rdpAt.map(({ order }) => ({ order, rdp: curve[(orders as number[]).indexOf(order)] })),
    ...(expected.deltaForEpsilon && { deltaForEpsilon: { epsilon: expected.deltaForEpsilon.epsilon, delta: accountant.delta(expected.deltaForEpsilon.epsilon) } }),
    epsilonUnderOpacusRule: privacy.renyiEpsilon({
      orders: opacus.orders, rdp: opacus.rdp(), delta, rule: "opacus",
    }).epsilon,
  };
}

const losses: Record<string, (event: Record<string, number>) => privacy.PrivacyEvent> = {
  gaussian: ({ sigma, q = 1 }) => step(sigma!, q),
  laplace: ({ scale, q = 1 }) => events.poissonSampled({ rate: q, event: events.laplace({ noiseMultiplier: scale! }) }),
  discreteLaplace: ({ a, sensitivity }) => events.discreteLaplace({ scale: 1 / a!, sensitivity: sensitivity! }),
};

function pld(input: Input): unknown {
  const { events: list, deltas, epsilons, valueDiscretizationInterval: interval } = input;
  const spend = (estimate: "pessimistic" | "optimistic") =>
    (list as ({ type: string; count: number } & Record<string, number>)[]).reduce((sum, event) => sum.compose(losses[event.type]!(event), event.count), privacy.accountant({ kind: "pld", interval, estimate }));
  const [upper, lower] = [spend("pessimistic"), spend("optimistic")];
  return {
    epsilon: (deltas as number[]).map((delta) => ({ delta, epsilon: upper.epsilon(delta), epsilonOptimistic: lower.epsilon(delta) })),
    delta: (epsilons as number[]).map((epsilon) => ({ epsilon, delta: upper.delta(epsilon), deltaOptimistic: lower.delta(epsilon) })),
  };
}

/** Opacus' PRV estimate is the true epsilon to its error; its upper and lower figures are that plus and minus epsError. */
function prv({ sigma, q, steps, delta, epsError }: Input): unknown {
  const epsilon = privacy.accountant({ kind: "pld", interval: 1e-3 }).compose(step(sigma, q), steps).epsilon(delta);
  return { epsilonLower: epsilon - epsError, epsilonEstimate: epsilon, epsilonUpper: epsilon + epsError };
}

function calibrated(input: Input): unknown {
  const { kind, accountant, epsilon, delta, q, steps, epsilonTolerance, valueDiscretizationInterval } = input;
  const pldOptions = { kind: "pld" as const, interval: (valueDiscretizationInterval as number | undefined) ?? 1e-3 };
  const { value, epsilon: spent } = privacy.calibrate({
    find: "noiseMultiplier", epsilon, delta, rate: q, steps,
    accountant: accountant === "rdp" ? { kind: "rdp", rule: kind === "opacus" ? "opacus" : "dp-accounting" } : pldOptions,
    ...(epsilonTolerance !== undefined && { epsilonTolerance: epsilonTolerance as number }),
  });
  return { noiseMultiplier: value, epsilonAtNoiseMultiplier: spent };
}

function analytic({ epsilon, delta, sensitivity }: Input): unknown {
  const sigma = privacy.analyticGaussian({ epsilon, delta, sensitivity });
  const classical = privacy.classicalGaussian({ epsilon, delta, sensitivity });
  return { sigma, sigmaDpAccounting: sigma, sigmaClassical: classical.standardDeviation, trueDeltaOfClassical: classical.trueDelta };
}

const kinds: Record<string, (input: Input) => unknown> = {
  "analytic-gaussian": analytic,
  "analytic-delta": ({ epsilon, sigma, sensitivity }) => ({ delta: privacy.gaussianDelta({ epsilon, standardDeviation: sigma, sensitivity }) }),
  "max-steps": ({ epsilon, delta, q, sigma }) => ({ steps: privacy.calibrate({ find: "steps", epsilon, delta, rate: q, noiseMultiplier: sigma }).value }),
  dp_accounting: calibrated,
  opacus: calibrated,
  "privacy-event-rdp": ({ event, neighbours, orders }) => ({ rdp: privacy.accountant({ kind: "rdp", neighbours, orders }).compose(event).rdp() }),
  "privacy-event-pld": ({ event, neighbours, deltas, interval }) => {
    const spent = privacy.accountant({ kind: "pld", neighbours, interval }).compose(event);
    return { epsilon: (deltas as number[]).map((delta) => spent.epsilon(delta)) };
  },
};

/** dp-rdp, dp-pld, dp-calibrate and accounting-events. */
export const adapter: Adapter = {
  handles: ({ rule, accountant, kind }) => (rule !== undefined && kind === undefined) || (kind === undefined && accountant !== undefined) || (typeof kind === "string" && Object.hasOwn(kinds, kind)),
  answer: (input, expected) => {
    if (input["kind"] !== undefined) return kinds[input["kind"] as string]!(input as Input);
    if (input["rule"] !== undefined) return rdp(input as Input, expected as Parameters<typeof rdp>[1]);
    return input["accountant"] === "pld" ? pld(input as Input) : prv(input as Input);
  },
};
