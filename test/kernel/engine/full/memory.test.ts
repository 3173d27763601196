import { test } from "node:test";
import { trainsWithoutLeak } from "../leak.js";
import { noTensorFlow, tiersHere } from "../support.js";

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  test(`ten thousand training steps on the ${tier} tier leave the number of tensors as it was and the memory flat`, () => trainsWithoutLeak(tier, 10_000));
}

test("twenty thousand compiled steps leave the number of tensors and handles as it was and the memory flat", { skip: noTensorFlow }, () => trainsWithoutLeak("tensorflow", 20_000, true));
