import assert from "node:assert/strict";
import test from "node:test";

import "../page.js";
import { fillMarkers } from "../../../static/js/credentials/markers.js";

const place = { marker: "@@1@@", scheme: "key", kind: "api_key", location: "header" };
const filled = (code, places, credentials) =>
  fillMarkers(code, places, (name) => credentials[name]);

test("every marker becomes the secret, as it is written in its place", () => {
  const code = "curl -H 'X: @@1@@' '?k=@@2@@' # @@1@@";
  const places = [place, { ...place, marker: "@@2@@", scheme: "token", location: "query" }];
  const credentials = { key: { value: "a/b" }, token: { token: "x+y" } };
  assert.deepEqual(filled(code, places, credentials), {
    code: "curl -H 'X: a/b' '?k=x%2By' # a/b"
  });
});

test("Basic is a user and a password in base64", () => {
  const credentials = { key: { username: "me", password: "pä" } };
  const { code } = filled("@@1@@", [{ ...place, kind: "basic" }], credentials);
  assert.equal(code, Buffer.from("me:pä").toString("base64"));
});

test("a pattern of a replacement in a secret is none", () => {
  assert.equal(filled("@@1@@", [place], { key: { value: "~%" } }).code, "~%");
});

test("nothing is pasted that would need escaping, and nothing without a key", () => {
  for (const value of ["a'b", 'a"b', "a b", "a$b", "a\\b", "", "ä"]) {
    const { code, reason } = filled("@@1@@", [place], { key: { value } });
    assert.equal(code, undefined);
    assert.equal(reason, "This key needs escaping: paste it yourself");
  }
  assert.equal(filled("@@1@@", [place], {}).reason, "Save a key first");
  assert.equal(filled("x", [], {}).reason, "This code has no place for a key");
});
