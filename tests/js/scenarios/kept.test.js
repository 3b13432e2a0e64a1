import assert from "node:assert/strict";
import test from "node:test";

import { fakeStorage, setStorage } from "../page.js";
import * as kept from "../../../static/js/scenarios/kept.js";

const KEY = "playground:scenarios";

test("the one used last stands first, each once, fifty at most", () => {
  setStorage();
  for (let number = 0; number < 60; number += 1) kept.keepScenario({ id: `${number}`, text: "{}" });
  kept.keepScenario({ id: "30", text: "{1}" });
  const scenarios = kept.keptScenarios();
  assert.equal(scenarios.length, 50);
  assert.deepEqual(scenarios[0], { id: "30", text: "{1}" });
  assert.equal(scenarios.filter(({ id }) => id === "30").length, 1);
});

test("rubbish in storage is no scenario", () => {
  const { browser } = setStorage();
  for (const text of ["{", "{}", "[3, null]", '[{"id": 1, "text": "x"}]', '[{"id": "a"}]']) {
    browser.texts.set(KEY, text);
    assert.deepEqual(kept.keptScenarios(), []);
  }
});

test("what storage refuses is kept for the page", () => {
  setStorage({ browser: fakeStorage({ isFull: true }) });
  kept.keepScenario({ id: "a", text: "{}" });
  assert.deepEqual(kept.keptScenarios(), [{ id: "a", text: "{}" }]);
});

test("a title is what was typed last, else the text's own", () => {
  const text = '{"title": "Old", "big": 12345678901234567890}';
  assert.equal(kept.titleOf({ id: "a", text }), "Old");
  assert.equal(kept.titleOf({ id: "a", text, typed: [["title", "New"]] }), "New");
  assert.equal(kept.titleOf({ id: "a", text: "{" }), "Untitled");
  assert.equal(kept.titleOf({ id: "a", text: "{}", typed: [[1], "x", ["title", 3]] }), "Untitled");
  assert.match(kept.newId(), /^[0-9a-f]{16}$/);
});
