"""Makes accounting-events.json: events that dp-rdp.json and dp-pld.json do not hold.

pip install dp-accounting==0.6.0, then: python accounting-events.py > ../accounting-events.json
"""
import json
import math

import dp_accounting as dp
import dp_accounting.dp_event
from dp_accounting import pld, rdp
from dp_accounting.pld import privacy_loss_distribution as losses

ADD, ONE, SPECIAL = dp.NeighboringRelation.ADD_OR_REMOVE_ONE, dp.NeighboringRelation.REPLACE_ONE, dp.NeighboringRelation.REPLACE_SPECIAL
NAMES = {ADD: "add-or-remove-one", ONE: "replace-one", SPECIAL: "replace-special"}
ORDERS = [1.5, 2, 2.5, 5, 10, 32, 100]
cases = []


def number(x):
    x = float(x)
    return "Infinity" if math.isinf(x) else x


def renyi(name, ours, event, relation=ADD):
    accountant = rdp.RdpAccountant(ORDERS, relation)
    accountant.compose(event)
    cases.append({"name": name, "input": {"kind": "privacy-event-rdp", "event": ours, "neighbours": NAMES[relation], "orders": ORDERS},
                  "expected": {"rdp": [number(x) for x in accountant._rdp]}, "tolerance": {"abs": 1e-12, "rel": 1e-8}})


def distribution(name, ours, event, relation=ADD, deltas=(1e-3, 1e-6), interval=1e-4, rel=2e-4):
    accountant = pld.PLDAccountant(relation, interval)
    accountant.compose(event)
    cases.append({"name": name, "input": {"kind": "privacy-event-pld", "event": ours, "neighbours": NAMES[relation], "deltas": list(deltas), "interval": interval},
                  "expected": {"epsilon": [number(accountant.get_epsilon(d)) for d in deltas]}, "tolerance": {"abs": 1e-4, "rel": rel}})


g = lambda s: {"kind": "gaussian", "noiseMultiplier": s}
rr = lambda p, k: {"kind": "randomizedResponse", "noiseParameter": p, "categories": k}

renyi("laplace 2", {"kind": "laplace", "noiseMultiplier": 2}, dp.LaplaceDpEvent(2))
renyi("laplace .1", {"kind": "laplace", "noiseMultiplier": 0.1}, dp.LaplaceDpEvent(0.1))
for p, k in [(0.5, 2), (0.1, 3), (0.9, 10)]:
    renyi(f"randomised response {p} {k} replace one", rr(p, k), dp.RandomizedResponseDpEvent(p, k), ONE)
    renyi(f"randomised response {p} {k} replace special", rr(p, k), dp.RandomizedResponseDpEvent(p, k), SPECIAL)
renyi("zcdp", {"kind": "zcdp", "rho": 0.3, "xi": 0.1}, dp.ZCDpEvent(0.3, 0.1))
# Here a record that is replaced moves the sum by 2C; dp_accounting's multiplier is relative to how far it moves.
for q, s in [(0.01, 1.0), (0.1, 2.0), (0.5, 5.0)]:
    renyi(f"without replacement {q} {s}", {"kind": "sampledWithoutReplacement", "datasetSize": 1000, "sampleSize": int(1000 * q), "event": g(2 * s)},
          dp.SampledWithoutReplacementDpEvent(1000, int(1000 * q), dp.GaussianDpEvent(s)), ONE)
sampled = {"kind": "poissonSampled", "rate": 0.02, "event": {"kind": "composed", "events": [g(2.0), {"kind": "repeated", "event": g(6.0), "times": 3}]}}
renyi("several gaussians on one sample", sampled,
      dp.PoissonSampledDpEvent(0.02, dp.ComposedDpEvent([dp.GaussianDpEvent(2.0), dp.SelfComposedDpEvent(dp.GaussianDpEvent(6.0), 3)])))
for shape in [0, 0.5, 1, 3, math.inf]:
    renyi(f"repeat and select, shape {shape}", {"kind": "repeatAndSelect", "event": g(3.0), "mean": 7, "shape": "poisson" if math.isinf(shape) else shape},
          dp.dp_event.RepeatAndSelectDpEvent(dp.GaussianDpEvent(3.0), 7, shape))

distribution("gaussian 2 x3 replace one", {"kind": "repeated", "event": g(2), "times": 3}, dp.SelfComposedDpEvent(dp.GaussianDpEvent(2), 3), ONE)
for p, k in [(0.5, 2), (0.3, 4)]:
    distribution(f"randomised response {p} {k} replace one x1", rr(p, k), dp.RandomizedResponseDpEvent(p, k), ONE)
    distribution(f"randomised response {p} {k} replace special x1", rr(p, k), dp.RandomizedResponseDpEvent(p, k), SPECIAL)
distribution("discrete laplace scale 4 sensitivity 3 x1", {"kind": "discreteLaplace", "scale": 4, "sensitivity": 3}, dp.dp_event.DiscreteLaplaceDpEvent(0.25, 3))
distribution("laplace 1 x3 and 2 x2", {"kind": "composed", "events": [{"kind": "repeated", "event": {"kind": "laplace", "noiseMultiplier": 1}, "times": 3}, {"kind": "repeated", "event": {"kind": "laplace", "noiseMultiplier": 2}, "times": 2}]},
             dp.ComposedDpEvent([dp.SelfComposedDpEvent(dp.LaplaceDpEvent(1), 3), dp.SelfComposedDpEvent(dp.LaplaceDpEvent(2), 2)]))
for s, sensitivity, q, times in [(2.0, 1, 1.0, 1), (3.0, 2, 1.0, 8), (1.0, 1, 0.1, 20)]:
    made = losses.from_discrete_gaussian_mechanism(s, sensitivity, sampling_prob=q, use_connect_dots=True).self_compose(times)
    inner = {"kind": "discreteGaussian", "sigma": s, "sensitivity": sensitivity}
    one = inner if q == 1 else {"kind": "poissonSampled", "rate": q, "event": inner}
    cases.append({"name": f"discrete gaussian {s} {sensitivity} sampled {q} x{times}",
                  "input": {"kind": "privacy-event-pld", "event": {"kind": "repeated", "event": one, "times": times}, "neighbours": "add-or-remove-one", "deltas": [1e-3, 1e-6], "interval": 1e-4},
                  "expected": {"epsilon": [number(made.get_epsilon_for_delta(d)) for d in (1e-3, 1e-6)]}, "tolerance": {"abs": 1e-4, "rel": 2e-4}})

print(json.dumps({"source": "dp_accounting 0.6.0 RdpAccountant, PLDAccountant and pld.privacy_loss_distribution", "notes": [
    "event: as kernel/helpers/privacy/accounting/events/event.ts has it; rdp: at the orders; epsilon: at the deltas, pessimistic",
    "sampledWithoutReplacement: our noiseMultiplier is twice dp_accounting's, because replacing a record moves a sum of values of norm C by 2C",
    "randomised response is composed once: dp_accounting ignores the count of a self-composed one in PLD"], "cases": cases}, indent=None, separators=(",", ":")).replace('{"name"', '\n{"name"'))
