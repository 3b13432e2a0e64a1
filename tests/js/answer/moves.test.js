import assert from "node:assert/strict";
import test from "node:test";
import { byLetters, inGrid, inList } from "../../../static/js/answer/moves.js";

test("a list is left at neither end", () => {
  assert.equal(inList("ArrowDown", 1, 3), 2);
  assert.equal(inList("ArrowDown", 2, 3), 2);
  assert.equal(inList("ArrowUp", 0, 3), 0);
  assert.equal(inList("Home", 2, 3), 0);
  assert.equal(inList("End", 0, 3), 2);
  assert.equal(inList("x", 0, 3), undefined);
});

test("a grid is left at no side", () => {
  assert.deepEqual(inGrid({ key: "ArrowRight" }, [0, 1], 4, 2), [0, 1]);
  assert.deepEqual(inGrid({ key: "PageDown" }, [1, 1], 4, 2), [3, 1]);
  assert.deepEqual(inGrid({ key: "Home" }, [2, 1], 4, 2), [2, 0]);
  assert.deepEqual(inGrid({ key: "End", ctrlKey: true }, [0, 0], 4, 2), [3, 1]);
  assert.equal(inGrid({ key: "Tab" }, [0, 0], 4, 2), undefined);
});

test("letters find the next one and go round", () => {
  assert.equal(byLetters(["alpha", "beta", "Alto"], 0, "a"), 2);
  assert.equal(byLetters(["alpha", "beta", "Alto"], 2, "a"), 0);
  assert.equal(byLetters(["alpha", "beta"], 0, "z"), undefined);
});
