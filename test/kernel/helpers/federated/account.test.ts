import assert from "node:assert/strict";
import { test } from "node:test";
import * as federated from "../../../../kernel/helpers/federated/index.js";
import * as privacy from "../../../../kernel/helpers/privacy/index.js";

test("the event that a private federation returns is one that the accountants read, and more rounds cost more", async () => {
  const weights = federated.weights({ w: [0, 0] });
  const clients = Array.from({ length: 20 }, (_, at): federated.Client => ({ name: `c${at}`, train: () => ({ weights: federated.weights({ w: [at, 1] }), examples: 1 }) }));
  const epsilon = async (rounds: number): Promise<number> => {
    const { event } = await federated.simulate({ weights, clients, rounds, progress: false, privacy: { mode: "central", clip: 1, noiseMultiplier: 1, rate: 0.25, normaliser: 5 } });
    return privacy.epsilon(event!, { delta: 1e-5 });
  };
  const [two, ten] = [await epsilon(2), await epsilon(10)];
  const expected = privacy.epsilon(privacy.events.repeated({ times: 10, event: privacy.events.poissonSampled({ rate: 0.25, event: privacy.events.gaussian({ noiseMultiplier: 1 }) }) }), { delta: 1e-5 });
  assert.equal(ten, expected);
  assert.ok(0 < two && two < ten);
});
