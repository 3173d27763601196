import assert from "node:assert/strict";
import { test } from "node:test";
import * as federated from "../../../../kernel/helpers/federated/index.js";

const rows = Array.from({ length: 300 }, (_, id) => ({ id, label: id % 3, site: `site ${id % 7}` }));
const label = (row: { label: number }) => row.label;

test("every partition puts every row in exactly one part, and the same seed gives the same parts", () => {
  const all = [
    (seed: number) => federated.partitionIid(rows, { clients: 7, seed }),
    (seed: number) => federated.partitionDirichlet(rows, { clients: 7, label, alpha: 0.3, seed }),
  ];
  for (const partition of all) {
    assert.deepEqual(partition(1).flat().map(({ id }) => id).sort((a, b) => a - b), rows.map(({ id }) => id));
    assert.deepEqual(partition(1), partition(1));
    assert.notDeepEqual(partition(1), partition(2));
  }
  assert.deepEqual(federated.partitionIid(rows, { clients: 7 }).map((part) => part.length), [43, 43, 43, 43, 43, 43, 42]);
  const sites = federated.partitionBy(rows, { by: "site" });
  assert.deepEqual(sites.map(({ name }) => name), [0, 1, 2, 3, 4, 5, 6].map((n) => `site ${n}`));
  assert.ok(sites.every(({ name, rows: part }) => part.every(({ site }) => site === name)));
});

test("a smaller alpha gives more label skew: the largest share of a label goes from near equal to near all", () => {
  const largest = (alpha: number) => {
    let sum = 0;
    for (let seed = 0; seed < 20; seed++) {
      const parts = federated.partitionDirichlet(rows, { clients: 4, label, alpha, seed, least: 0 });
      for (const one of [0, 1, 2]) sum += Math.max(...parts.map((part) => part.filter((row) => row.label === one).length)) / 100 / 60;
    }
    return sum;
  };
  const [even, skew, extreme] = [largest(1000), largest(0.5), largest(0.001)];
  assert.ok(even < 0.28, `${even}`);
  assert.ok(skew > 0.5 && skew < 0.9, `${skew}`);
  assert.ok(extreme > 0.97, `${extreme}`);
});

test("partitions that cannot be made are refused with the numbers", () => {
  assert.throws(() => federated.partitionIid(rows, { clients: 0 }), /expected clients to be a whole number >= 1, got 0/);
  assert.throws(() => federated.partitionIid([1, 2], { clients: 3 }), /expected at least 3 rows for 3 clients, got 2/);
  assert.throws(() => federated.partitionDirichlet(rows, { clients: 3, label, alpha: 0 }), /expected alpha > 0, got 0/);
  assert.throws(() => federated.partitionDirichlet(rows, { clients: 3, label, alpha: 1, least: 101 }), /expected at least 303 rows/);
  assert.throws(() => federated.partitionDirichlet(rows, { clients: 30, label, alpha: 1e-6, least: 9 }), /no draw of 1000 gave every client 9 rows/);
  assert.throws(() => federated.partitionBy([{ a: 1 }, { a: undefined }], { by: "a" }), /expected a site in row 1, got undefined/);
  assert.throws(() => federated.partitionIid(rows, { clients: 2, sed: 1 } as never), /unknown option: sed/);
});
