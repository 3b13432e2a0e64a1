import assert from "node:assert/strict";
import test from "node:test";

import {
  readGroups,
  withGroup,
  withoutProvider
} from "../../../static/js/catalogue/kept_groups.js";

test("a group that was opened or closed is kept, the last one first", () => {
  let kept = withGroup([], "stripe", "Checkout", true);
  kept = withGroup(kept, "github", "repos", true);
  kept = withGroup(kept, "stripe", "Customers", false);
  kept = withGroup(kept, "stripe", "Checkout", false);
  assert.deepEqual(kept, [
    [
      "stripe",
      [
        ["Checkout", false],
        ["Customers", false]
      ]
    ],
    ["github", [["repos", true]]]
  ]);
  assert.deepEqual(withoutProvider(kept, "stripe"), [["github", [["repos", true]]]]);
});

test("what is kept does not grow", () => {
  /** @type {import("../../../static/js/catalogue/kept_groups.js").KeptGroups} */
  let kept = [];
  for (let number = 0; number < 100; number += 1)
    kept = withGroup(kept, "stripe", `g${number}`, true);
  assert.equal(kept[0][1].length, 60);
  assert.equal(kept[0][1][0][0], "g99");
  for (let number = 0; number < 50; number += 1) kept = withGroup(kept, `p${number}`, "g", true);
  assert.equal(kept.length, 20);
});

test("rubbish in storage is nothing", () => {
  for (const rubbish of [null, 3, "x", {}, [1, null, "a", [], [3, []]]]) {
    assert.deepEqual(readGroups(rubbish), []);
  }
  assert.deepEqual(
    readGroups([
      ["a", 3],
      ["b", [["c", true], ["d", 1], 4, null]]
    ]),
    [
      ["a", []],
      ["b", [["c", true]]]
    ]
  );
});
