import assert from "node:assert/strict";
import test from "node:test";

import "../page.js";
import { answerIn } from "../../../static/js/credentials/callback_answer.js";
import {
  challengeOf,
  credentialIn,
  judge,
  random
} from "../../../static/js/credentials/oauth_answers.js";

const PENDING = {
  state: "s1",
  issuer: "https://auth.example",
  issuerRequired: false,
  authorization: "https://auth.example/authorize"
};

test("the challenge is that of RFC 7636, appendix B", async () => {
  const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  assert.equal(await challengeOf(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
});

test("a state is 256 bits and never the same", () => {
  const states = Array.from({ length: 50 }, random);
  assert.equal(new Set(states).size, 50);
  for (const state of states) assert.match(state, /^[\w-]{43}$/);
});

test("a parameter that comes twice is none, and no other is taken", () => {
  assert.deepEqual(answerIn("state=a&state=b&code=c&iss=d&evil=e"), { code: "c", iss: "d" });
  assert.deepEqual(answerIn(""), {});
});

test("an answer that belongs to it is taken", () => {
  judge(PENDING, { state: "s1", code: "c" });
  judge(PENDING, { state: "s1", code: "c", iss: "https://auth.example" });
  judge({ ...PENDING, issuer: "" }, { state: "s1", iss: "https://auth.example/tenant" });
});

test("an answer of another sign-in, or of another server, is refused with the reason", () => {
  const refused = (pending, answer, reason) => assert.throws(() => judge(pending, answer), reason);
  refused(PENDING, { state: "s2", code: "c" }, /another sign-in/);
  refused(PENDING, { code: "c" }, /another sign-in/);
  refused(PENDING, { state: "s1", iss: "https://evil.example" }, /another authorization server/);
  refused({ ...PENDING, issuerRequired: true }, { state: "s1" }, /another authorization server/);
  const unnamed = { ...PENDING, issuer: "" };
  refused(unnamed, { state: "s1", iss: "https://evil.example" }, /another authorization server/);
  refused(unnamed, { state: "s1", iss: "no address" }, /another authorization server/);
});

test("what the server refused is said, and not at any length", () => {
  const answer = { state: "s1", error: "access_denied", error_description: "x".repeat(999) };
  assert.throws(
    () => judge(PENDING, answer),
    ({ message }) => {
      assert.match(message, /^The authorization server refused: access_denied: x+$/);
      return message.length < 400;
    }
  );
});

test("a credential holds what its renewal needs", () => {
  const client = { clientId: "c", clientSecret: "s", flow: "password", scope: "a  b" };
  const answer = { access_token: "t", token_type: "Bearer", expires_in: 60, refresh_token: "r" };
  const before = Date.now();
  const credential = credentialIn(answer, client);
  assert.ok(credential.expiresAt >= before + 60_000 && credential.expiresAt <= Date.now() + 60_000);
  assert.deepEqual(credential.scopes, ["a", "b"]);
  assert.equal(credential.refreshToken, "r");
  const renewed = credentialIn({ access_token: "u", scope: "a" }, { ...client, refreshToken: "r" });
  assert.equal(renewed.refreshToken, "r");
  assert.equal(renewed.expiresAt, undefined);
  assert.deepEqual(renewed.scopes, ["a"]);
});
