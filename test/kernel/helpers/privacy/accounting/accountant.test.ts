import assert from "node:assert/strict";
import { test } from "node:test";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";

const { events } = privacy;
const g = events.gaussian({ noiseMultiplier: 1 });
const sampled = (event: privacy.PrivacyEvent, rate = 0.1) => events.poissonSampled({ rate, event });

test("an accountant never changes: composing gives a new one, and both can be asked", () => {
  for (const kind of ["rdp", "pld", "gdp"] as const) {
    const before = privacy.accountant({ kind } as privacy.AccountantOptions).compose(g);
    const epsilon = before.epsilon(1e-5);
    const after = before.compose(g);
    assert.ok(after.epsilon(1e-5) > epsilon);
    assert.equal(before.epsilon(1e-5), epsilon);
    assert.deepEqual([before.spent[0]!.times, after.spent[0]!.times], [1, 2]);
    assert.ok(Object.isFrozen(after.spent));
  }
});

test("equal steps are counted together, whether made once or anew, so that a long training stays small", () => {
  let spent = privacy.accountant();
  for (let step = 0; step < 500; step++) spent = spent.compose(sampled(events.gaussian({ noiseMultiplier: 1 }))).compose(events.gaussian({ noiseMultiplier: 50 }));
  assert.deepEqual(spent.spent.map(({ times }) => times), [500, 500]);
  assert.equal(spent.epsilon(1e-5), privacy.accountant().compose(sampled(g), 500).compose(events.gaussian({ noiseMultiplier: 50 }), 500).epsilon(1e-5));
});

test("a saved accountant comes back from JSON with the same answers, and composes on", () => {
  const all: privacy.AccountantOptions[] = [{ kind: "rdp", rule: "opacus" }, { kind: "rdp", orders: [2, 4, 8] }, { kind: "pld", interval: 1e-3, estimate: "optimistic" }, { kind: "gdp", neighbours: "replace-one" }];
  for (const options of all) {
    const event = options.kind === "gdp" ? g : sampled(g);
    const before = privacy.accountant(options).compose(event, 20);
    const back = privacy.restoreAccountant(JSON.stringify(before));
    assert.equal(back.epsilon(1e-5), before.epsilon(1e-5));
    assert.equal(back.compose(event).epsilon(1e-5), before.compose(event).epsilon(1e-5));
    assert.deepEqual(JSON.parse(JSON.stringify(back)), JSON.parse(JSON.stringify(before)));
  }
});

test("a saved accountant that was tampered with is refused", () => {
  assert.throws(() => privacy.restoreAccountant("{}"), /expected a saved accountant/);
  assert.throws(() => privacy.restoreAccountant("null"), /expected a saved accountant/);
  const state = JSON.parse(JSON.stringify(privacy.accountant().compose(g)));
  assert.throws(() => privacy.restoreAccountant({ ...state, spent: [{ event: { kind: "gaussian", noiseMultiplier: -1 }, times: 1 }] }), /expected noiseMultiplier >= 0, got -1/);
  assert.throws(() => privacy.restoreAccountant({ ...state, spent: [{ event: g, times: -3 }] }), /expected times to be a whole number >= 0, got -3/);
  assert.throws(() => privacy.restoreAccountant({ ...state, options: { kind: "magic" } }), /unknown kind: magic/);
});

test("an event without a proven answer is refused by name, with the sub-event that caused it", () => {
  const refused = (options: privacy.AccountantOptions, event: privacy.PrivacyEvent, message: RegExp) => {
    const start = privacy.accountant(options);
    assert.equal(start.supports(event), false);
    assert.throws(() => start.compose(event), (error: unknown) => error instanceof privacy.UnsupportedEventError && message.test(error.message), String(message));
  };
  const laplace = events.laplace({ noiseMultiplier: 1 });
  refused({ kind: "rdp" }, events.repeated({ event: sampled(events.composed([g, laplace])), times: 9 }), /repeated > poissonSampled > composed > laplace.*sampling of Gaussian noise only/);
  refused({ kind: "rdp", neighbours: "replace-one" }, sampled(g), /poissonSampled.*not "replace-one"/);
  refused({ kind: "rdp" }, events.sampledWithoutReplacement({ datasetSize: 10, sampleSize: 1, event: g }), /without replacement for neighbours "replace-one", not "add-or-remove-one"/);
  refused({ kind: "rdp" }, events.randomizedResponse({ noiseParameter: 0.5 }), /randomizedResponse/);
  refused({ kind: "rdp" }, events.epsilonDelta({ epsilon: 1, delta: 1e-9 }), /epsilonDelta/);
  refused({ kind: "rdp" }, events.repeatAndSelect({ event: sampled(laplace), mean: 3 }), /repeatAndSelect > poissonSampled > laplace/);
  refused({ kind: "pld" }, events.zcdp({ rho: 1 }), /zcdp.*ask the RDP accountant/);
  refused({ kind: "pld" }, events.composed([g, events.repeatAndSelect({ event: g, mean: 3 })]), /composed > repeatAndSelect/);
  refused({ kind: "pld", neighbours: "replace-one" }, sampled(laplace), /poissonSampled/);
  refused({ kind: "pld" }, sampled(sampled(g)), /poissonSampled > poissonSampled/);
  refused({ kind: "pld" }, sampled(events.repeated({ event: laplace, times: 2 })), /poissonSampled > repeated > laplace/);
  refused({ kind: "pld" }, events.randomizedResponse({ noiseParameter: 0.5 }), /randomizedResponse/);
  refused({ kind: "gdp" }, sampled(g), /central-limit/);
  refused({ kind: "gdp" }, events.composed([g, events.discreteGaussian({ sigma: 1 })]), /composed > discreteGaussian/);
  assert.equal(privacy.accountant().supports(sampled(g)), true);
});

test("wrong numbers, unknown options and unknown events are refused by name and value", () => {
  assert.throws(() => events.gaussian({ noiseMultiplier: Number.NaN }), /expected noiseMultiplier >= 0, got NaN/);
  assert.throws(() => events.poissonSampled({ rate: 1.5, event: g }), /expected rate from 0 to 1, got 1.5/);
  assert.throws(() => events.repeated({ event: g, times: 2.5 }), /expected times to be a whole number >= 0, got 2.5/);
  assert.throws(() => events.sampledWithoutReplacement({ datasetSize: 5, sampleSize: 6, event: g }), /expected sampleSize <= datasetSize \(5\), got 6/);
  assert.throws(() => events.repeatAndSelect({ event: g, mean: 0.5 }), /expected mean >= 1, got 0.5/);
  assert.throws(() => events.gaussian({ noiseMultiplier: 1, sigma: 2 } as { noiseMultiplier: number }), /unknown option: sigma/);
  assert.throws(() => events.composed([{ kind: "magic" } as never]), /unknown event: "magic"/);
  assert.throws(() => events.poissonSampled({ rate: 0.1, event: undefined as never }), /expected an event, got undefined/);
  for (const delta of [-1, 1, Number.NaN]) assert.throws(() => privacy.epsilon(g, { delta }), /expected delta from 0 to below 1/);
  assert.throws(() => privacy.delta(g, { epsilon: -1 }), /expected epsilon >= 0, got -1/);
  assert.throws(() => privacy.accountant({ kind: "prv" } as never), /unknown kind: prv/);
  assert.throws(() => privacy.accountant({ kind: "rdp", neighbours: "remove" } as never), /unknown neighbours: remove/);
  assert.throws(() => privacy.accountant({ kind: "rdp", interval: 1 } as never), /unknown option: interval/);
  assert.throws(() => privacy.accountant({ kind: "rdp", orders: [1] }), /expected orders > 1, got 1/);
  assert.throws(() => privacy.accountant({ kind: "rdp", orders: [] }), /at least one order/);
  assert.throws(() => privacy.accountant({ kind: "pld", interval: 0 }), /expected interval > 0, got 0/);
  assert.throws(() => privacy.epsilon(events.gaussian({ noiseMultiplier: 0.01 }), { kind: "pld", interval: 1e-4, delta: 1e-5 }), /expected interval >= .*got 0.0001/);
});

test("an event given as plain data is taken as a copy: changing it later changes nothing", () => {
  const mine = { kind: "gaussian" as const, noiseMultiplier: 1 };
  const spent = privacy.accountant().compose(mine);
  mine.noiseMultiplier = 100;
  assert.equal(spent.epsilon(1e-5), privacy.epsilon(g, { delta: 1e-5 }));
  assert.ok(Object.isFrozen(spent.spent[0]!.event));
  assert.ok(spent.compose(mine).epsilon(1e-5) < spent.compose(g).epsilon(1e-5), "the changed event counts as what it is now");
});
