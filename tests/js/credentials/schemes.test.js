import assert from "node:assert/strict";
import test from "node:test";

import { canRenew, isExpired } from "../../../static/js/credentials/renewal.js";
import { carriedBySend, credentialFor, stateOf } from "../../../static/js/credentials/schemes.js";

const BEARER = { type: "bearer", token: "canary" };
const BASIC = { type: "basic", username: "a", password: "b" };

test("a scheme's own credential goes before the one in use", () => {
  const entry = { credential: BEARER, schemes: { basic: BASIC } };
  assert.equal(credentialFor(entry, { scheme: "basic", kind: "basic" }), BASIC);
  assert.equal(credentialFor(entry, { scheme: "other", kind: "bearer" }), BEARER);
  assert.equal(credentialFor(entry, { scheme: "toString", kind: "basic" }), null);
  assert.equal(credentialFor(null, { scheme: "basic", kind: "basic" }), null);
});

test("a credential without a scheme's name fits schemes of its kind", () => {
  const fits = (credential, scheme) => credentialFor({ credential }, scheme) !== null;
  assert.equal(fits({ type: "bearer_token" }, { kind: "bearer" }), true);
  assert.equal(fits(BEARER, { kind: "oauth2" }), true);
  assert.equal(fits(BASIC, { kind: "digest" }), true);
  assert.equal(fits(BASIC, { kind: "bearer" }), false);
  const key = { type: "api_key", headerName: "X-Key" };
  assert.equal(fits(key, { kind: "api_key", name: "x-key" }), true);
  assert.equal(fits(key, { kind: "api_key", name: "X-Other" }), false);
  assert.equal(fits(key, { kind: "api_key" }), true);
});

test("the page says which kind is in use", () => {
  const headers = { "X-A": "1" };
  assert.equal(stateOf(null, []), "");
  assert.equal(stateOf({ credential: BEARER }, [BEARER]), "bearer");
  assert.equal(
    stateOf({ credential: { type: "bearer_token" } }, [{ type: "bearer_token" }]),
    "bearer"
  );
  assert.equal(stateOf({ credential: BEARER }, [BEARER, BASIC]), "schemes");
  assert.equal(stateOf({ credential: { type: "none" } }, []), "none");
  assert.equal(stateOf({ credential: { type: "none" }, customHeaders: headers }, []), "headers");
  assert.equal(stateOf({ credential: { type: "unheard" }, customHeaders: headers }, []), "headers");
  assert.equal(stateOf({ credential: { type: "none" }, fresh: true }, []), "");
});

test("a Send carries the chosen credentials without what renews them", () => {
  const token = {
    type: "oauth2",
    accessToken: "canary",
    refreshToken: "r",
    clientId: "c",
    clientSecret: "s",
    flow: "password",
    expiresAt: Date.now() - 1000
  };
  const entry = { credential: token, servers: ["https://a.example"] };
  const sent = carriedBySend("shop", entry, [["oauth", token]], true);
  assert.deepEqual(sent, {
    provider: "shop",
    credential: { type: "oauth2", accessToken: "canary", expiresAt: token.expiresAt },
    customHeaders: undefined,
    gateways: [],
    servers: ["https://a.example"],
    expired: true,
    renewable: true
  });
});

test("a Send carries several schemes together, and none where none is asked for", () => {
  const entry = { credential: BEARER, schemes: { a: BEARER, b: BASIC } };
  const used = [
    ["a", BEARER],
    ["b", BASIC]
  ];
  assert.deepEqual(carriedBySend("shop", entry, used, true).credential, {
    type: "schemes",
    schemes: { a: BEARER, b: BASIC }
  });
  assert.deepEqual(carriedBySend("shop", entry, [], false).credential, { type: "none" });
  assert.equal(carriedBySend("shop", { ...entry, fresh: true }, used, true), null);
  assert.equal(carriedBySend("shop", null, [], true), null);
});

test("a token ends, and some can be renewed", () => {
  const now = Date.now();
  assert.equal(isExpired({ expiresAt: now + 10_000 }), false);
  assert.equal(isExpired({ expiresAt: now + 10_000 }, 30_000), true);
  assert.equal(isExpired({}), false);
  assert.equal(isExpired(null), false);
  assert.equal(canRenew({ type: "oauth2", refreshToken: "r" }), true);
  assert.equal(canRenew({ type: "oauth2", flow: "clientCredentials", clientSecret: "s" }), true);
  assert.equal(canRenew({ type: "oauth2", flow: "clientCredentials" }), false);
  assert.equal(canRenew({ type: "bearer", refreshToken: "r" }), false);
  assert.equal(canRenew(null), false);
});
