import assert from "node:assert/strict";
import test from "node:test";

import { setStorage } from "../page.js";
import { takeFilling } from "../../../static/js/form/hand_over.js";

const KEY = "playground:fill";

test("what was taken along is for its operation, once", () => {
  const { tab } = setStorage();
  const filling = { operation: "shop/a", pairs: [["query.limit", "2"]], send: true };
  tab.texts.set(KEY, JSON.stringify(filling));
  assert.deepEqual(takeFilling("shop/a"), filling);
  assert.equal(takeFilling("shop/a"), null);
});

test("for another operation, and of rubbish, nothing is filled in", () => {
  const { tab } = setStorage();
  for (const text of ['{"operation":"shop/b","pairs":[]}', "{", "[]", '{"operation":"shop/a"}']) {
    tab.texts.set(KEY, text);
    assert.equal(takeFilling("shop/a"), null);
    assert.equal(tab.texts.get(KEY), undefined);
  }
});
