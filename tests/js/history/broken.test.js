import assert from "node:assert/strict";
import test from "node:test";

import { readHead, whyNot } from "../../../static/js/history/broken.js";

globalThis._ = (/** @type {string} */ text) => text;

test("a head is read with all its members, whatever is missing or of another kind", () => {
  const head = readHead({
    id: 3,
    operation: "a/b",
    at: 7,
    pairs: [["x", "1"], "y", [1, 2]],
    pinned: 1
  });
  assert.deepEqual(head?.pairs, [["x", "1"]]);
  assert.equal(head?.at, "");
  assert.equal(head?.pinned, false);
  assert.equal(head?.length, 0);
});

test("what is no head is none", () => {
  for (const value of [null, undefined, 3, "x", {}, { id: 1 }, { id: "1", operation: "a/b" }]) {
    assert.equal(readHead(value), undefined);
  }
});

test("each way storage refuses has its sentence", () => {
  const said = ["QuotaExceededError", "VersionError", "NotFoundError", "SecurityError"].map(
    (name) => whyNot({ name })
  );
  assert.equal(new Set(said).size, 4);
  assert.equal(whyNot(undefined), said[3]);
});
