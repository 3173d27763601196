import * as federated from "../../../../kernel/helpers/federated/index.js";

/** A client whose model is the mean of its numbers; one with the word "die" ends its thread. */
export default function meanClient(data: (number | string)[], name: string): federated.Client {
  return {
    name,
    train: () => {
      if (data.includes("die")) process.exit(3);
      return { weights: federated.weights({ w: [(data as number[]).reduce((a, b) => a + b, 0) / data.length] }), examples: data.length };
    },
  };
}
