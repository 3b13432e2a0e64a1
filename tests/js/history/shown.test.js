import assert from "node:assert/strict";
import test from "node:test";

import { setStorage } from "../page.js";
import { noteShown, shownOn } from "../../../static/js/history/shown.js";

test("a tab knows what it shows on each page, until something else is there", () => {
  setStorage();
  noteShown("shop/a", 1);
  noteShown("shop/b", 2);
  noteShown("shop/a", 3);
  assert.equal(shownOn("shop/a"), 3);
  assert.equal(shownOn("shop/b"), 2);
  noteShown("shop/a", undefined);
  assert.equal(shownOn("shop/a"), undefined);
});

test("rubbish in storage shows nothing", () => {
  const { tab } = setStorage();
  for (const text of ["{", "3", '[["a"]]', '[["shop/a","x"]]', "[null]"]) {
    tab.texts.set("playground:shown", text);
    assert.equal(shownOn("shop/a"), undefined);
  }
});
