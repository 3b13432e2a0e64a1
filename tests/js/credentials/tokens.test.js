import assert from "node:assert/strict";
import test from "node:test";

import { credentialsIn, endOfToken, toBase64 } from "../../../static/js/credentials/tokens.js";

const claims = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a JSON Web Token says when it ends, any other text does not", () => {
  assert.equal(endOfToken(`h.${claims({ exp: 1_900_000_000 })}.s`), 1_900_000_000_000);
  for (const token of ["", "abc", "a.b.c", `h.${claims({})}.s`, `h.${claims({ exp: "x" })}.s`]) {
    assert.equal(endOfToken(token), undefined);
  }
});

test("a header line and a bare token are one credential", () => {
  const header = { name: "X-Api-Key", value: "canary", location: "header" };
  assert.deepEqual(credentialsIn(" X-Api-Key:  canary \n"), [header]);
  const bearer = { name: "Authorization", value: "Bearer canary", location: "header" };
  assert.deepEqual(credentialsIn("Bearer canary\n"), [bearer]);
  for (const text of ["", "canary", "bearer of news and more", "https://a.example/"]) {
    assert.deepEqual(credentialsIn(text), [], text);
  }
});

test("a curl command is searched for users, headers and parameters", () => {
  const address = "https://a.example/x?key=a%20b&broken=%zz";
  const command = `curl -u 'me:pä' '${address}' -H "X-Trace: 1" --header 'Empty:'`;
  assert.deepEqual(credentialsIn(command), [
    {
      name: "Authorization",
      value: `Basic ${Buffer.from("me:pä").toString("base64")}`,
      location: "header"
    },
    { name: "X-Trace", value: "1", location: "header" },
    { name: "key", value: "a b", location: "query" }
  ]);
});

test("Basic is the padded spelling of RFC 4648 section 4", () => {
  assert.equal(toBase64("user:pässword"), Buffer.from("user:pässword").toString("base64"));
});
