import assert from "node:assert/strict";
import test from "node:test";

import { bytesToBase64url, fromBase64, toBase64url } from "../../../static/js/lib/base64.js";

const TEXTS = ["", "a", "ab", "abc", "é/2\n", "日本", "\u{1f600}", "~?>", '{"a": "ü"}', "\0"];

test("any text comes back from both spellings", () => {
  for (const text of TEXTS) {
    assert.equal(fromBase64(Buffer.from(text).toString("base64")), text);
    assert.equal(fromBase64(toBase64url(text)), text);
  }
});

test("the url spelling has no character that an address would escape", () => {
  for (const text of TEXTS) assert.match(toBase64url(text), /^[\w-]*$/);
  assert.equal(bytesToBase64url(new Uint8Array([0xfb, 0xff])), "-_8");
});

test("what is no base64, or no UTF-8, is refused", () => {
  for (const spelled of ["*", "a", "_w", "gA"]) assert.throws(() => fromBase64(spelled));
});
