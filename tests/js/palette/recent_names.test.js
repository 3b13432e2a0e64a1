import assert from "node:assert/strict";
import test from "node:test";

import { matches } from "../../../static/js/palette/matching.js";
import { recentNames, withVisit } from "../../../static/js/palette/recent_names.js";

test("only names of operations come out of storage, each once, eight at most", () => {
  const rubbish = [3, null, "name", "a//b", "a/..", "./a", `a/${"x".repeat(300)}`];
  assert.deepEqual(recentNames([...rubbish, "a/b", "a/b", "c/d"]), ["a/b", "c/d"]);
  for (const kept of [null, {}, "a/b", 3]) assert.deepEqual(recentNames(kept), []);
  const many = Array.from({ length: 20 }, (_unused, number) => `a/${number}`);
  assert.equal(recentNames(many).length, 8);
});

test("the latest visit stands first, and pushes the oldest out", () => {
  const names = Array.from({ length: 8 }, (_unused, number) => `a/${number}`);
  assert.deepEqual(withVisit(names, "a/3").slice(0, 3), ["a/3", "a/0", "a/1"]);
  assert.equal(withVisit(names, "b/1").length, 8);
  assert.equal(withVisit(names, "b/1").includes("a/7"), false);
});

test("every word has to be in a text, in any order and case", () => {
  assert.equal(matches("stripe/postCharges", ""), true);
  assert.equal(matches("stripe/postCharges Create a charge", "charges STRIPE"), true);
  assert.equal(matches("stripe/postCharges", "charges repo"), false);
});
