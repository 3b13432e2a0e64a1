import assert from "node:assert/strict";
import test from "node:test";

import { readItem, readJSON, removeItem, writeItem } from "../../../static/js/lib/storage.js";
import { fakeStorage, setStorage } from "../page.js";

test("a text is kept where it is asked for, and erased there", () => {
  const { tab, browser } = setStorage();
  assert.equal(writeItem("key", "text", "sessionStorage"), true);
  assert.deepEqual([...tab.texts], [["key", "text"]]);
  assert.equal(browser.texts.size, 0);
  assert.equal(readItem("key", "sessionStorage"), "text");
  assert.equal(readItem("key"), null);
  assert.equal(removeItem("key", "sessionStorage"), true);
  assert.equal(tab.texts.size, 0);
});

test("a storage that is full or forbidden breaks nothing and says so", () => {
  setStorage({ tab: fakeStorage({ isForbidden: true }), browser: fakeStorage({ isFull: true }) });
  assert.equal(readItem("key", "sessionStorage"), null);
  assert.equal(readJSON("key", "sessionStorage"), null);
  assert.equal(writeItem("key", "text", "sessionStorage"), false);
  assert.equal(removeItem("key", "sessionStorage"), false);
  assert.equal(writeItem("key", "text"), false);
});

test("rubbish is no value", () => {
  const { browser } = setStorage();
  for (const text of ["", "{", "undefined", '{"a":']) {
    browser.texts.set("key", text);
    assert.equal(readJSON("key"), null);
  }
  browser.texts.set("key", '{"a": [1]}');
  assert.deepEqual(readJSON("key"), { a: [1] });
});
