import assert from "node:assert/strict";
import test from "node:test";

import { secretAt } from "../../../static/js/paste/hand_over.js";

const place = (text, secret, how) => {
  const from = text.indexOf(secret);
  return { from, to: from + secret.length, how };
};

test("a credential is read where the server says it stands, as it says it is written", () => {
  const text = "curl 'https://a.example/?key=a%2Fb' -H 'Authorization: Basic bWU6cMOk'";
  assert.equal(secretAt(text, place(text, "a%2Fb")), "a%2Fb");
  assert.equal(secretAt(text, place(text, "a%2Fb", "percent")), "a/b");
  assert.equal(secretAt(text, place(text, "bWU6cMOk", "basic")), "me:pä");
});

test("one that is not written so is refused", () => {
  assert.throws(() => secretAt("%zz", { from: 0, to: 3, how: "percent" }));
  assert.throws(() => secretAt("***", { from: 0, to: 3, how: "basic" }));
});
