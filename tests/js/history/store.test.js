import assert from "node:assert/strict";
import test from "node:test";

import { MOST_CHARACTERS, MOST_KEPT, beyondBounds } from "../../../static/js/history/store.js";

const heads = (count, more = {}) =>
  Array.from({ length: count }, (_one, at) => ({ id: at + 1, length: 10, ...more }));

test("within the bounds nothing goes", () => {
  assert.deepEqual(beyondBounds(heads(MOST_KEPT)), []);
});

test("of too many the oldest go", () => {
  assert.deepEqual(
    beyondBounds(heads(MOST_KEPT + 2)).sort((a, b) => a - b),
    [1, 2]
  );
});

test("of too much the oldest go, and what is pinned stays", () => {
  const large = heads(4, { length: MOST_CHARACTERS / 2 });
  assert.deepEqual(
    beyondBounds(large).sort((a, b) => a - b),
    [1, 2]
  );
  large[0].pinned = true;
  assert.deepEqual(
    beyondBounds(large).sort((a, b) => a - b),
    [2, 3]
  );
});

test("pinned ones have the same bounds", () => {
  assert.equal(beyondBounds(heads(MOST_KEPT + 5, { pinned: true })).length, 5);
});
