import assert from "node:assert/strict";
import test from "node:test";

import { channelsOf, hexOf, isDark } from "../../../static/js/embed/colors.js";
import { isListed } from "../../../static/js/embed/origins.js";

test("colours are read as browsers compute them", () => {
  assert.deepEqual(channelsOf("rgb(1, 2, 3)"), [1, 2, 3]);
  assert.deepEqual(channelsOf("rgba(1, 2, 3, 0.5)"), [1, 2, 3]);
  assert.deepEqual(channelsOf("color(srgb 1 0.5 0)"), [255, 128, 0]);
  for (const color of ["rgba(0, 0, 0, 0)", "oklch(0.5 0.1 20)", "red", ""]) {
    assert.equal(channelsOf(color), null);
  }
  assert.equal(hexOf([1, 171, 255]), "#01abff");
});

test("a ground is dark by how bright it looks", () => {
  assert.equal(isDark([0, 0, 0]), true);
  assert.equal(isDark([255, 255, 255]), false);
  assert.equal(isDark([0, 0, 255]), true);
  assert.equal(isDark([0, 255, 0]), false);
});

test("only pages of the operator's list are spoken to", () => {
  const listed = ["https://docs.example", "https://*.example.com"];
  for (const origin of [
    "https://docs.example",
    "https://a.example.com",
    "https://a.b.example.com"
  ]) {
    assert.equal(isListed(origin, listed), true, origin);
  }
  for (const origin of [
    "null",
    "https://example.com",
    "https://evilexample.com",
    "http://a.example.com",
    "http://docs.example",
    "https://docs.example.evil.com"
  ]) {
    assert.equal(isListed(origin, listed), false, origin);
  }
  assert.equal(isListed("http://any.example", ["*"]), true);
  assert.equal(isListed("null", ["*"]), false);
});
