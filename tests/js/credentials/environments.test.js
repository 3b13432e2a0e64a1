import assert from "node:assert/strict";
import test from "node:test";

import { environmentOf, switchEnvironment } from "../../../static/js/credentials/environments.js";
import { entryToKeep, forgetEnvironment } from "../../../static/js/credentials/saving.js";

const TEST = { type: "bearer", token: "test" };
const LIVE = { type: "bearer", token: "live" };
const updatedAt = "2030-01-01T00:00:00.000Z";

test("an environment and back is the same entry", () => {
  const first = { provider: "shop", credential: TEST, environment: "test", updatedAt };
  const second = switchEnvironment(first, "shop", "live");
  assert.equal(second.fresh, true);
  assert.equal(second.environment, "live");
  const back = switchEnvironment(second, "shop", "test");
  assert.deepEqual(back.credential, TEST);
  assert.equal(back.environment, "test");
  assert.deepEqual(Object.keys(back.environments), ["live"]);
});

test("an environment that was never saved leaves nothing behind", () => {
  assert.deepEqual(switchEnvironment(null, "shop", "live").environments, {});
});

test("the server says which environment is meant", () => {
  const entry = {
    servers: ["https://test.example"],
    environments: {
      live: { servers: ["https://live.example"] },
      broken: null,
      odd: { servers: 3 }
    }
  };
  assert.equal(environmentOf(entry, "https://live.example"), "live");
  assert.equal(environmentOf(entry, "https://test.example"), undefined);
  assert.equal(environmentOf(entry, "https://other.example"), undefined);
  assert.equal(environmentOf(entry, ""), undefined);
  assert.equal(environmentOf({ ...entry, servers: undefined }, "https://live.example"), undefined);
  assert.equal(environmentOf(null, "https://live.example"), undefined);
});

test("forgetting one puts the next in use, forgetting the last leaves nothing", () => {
  const entry = { credential: TEST, environments: { live: { credential: LIVE }, eu: {} } };
  const next = forgetEnvironment(entry, "shop", "test");
  assert.deepEqual(next, {
    provider: "shop",
    credential: LIVE,
    environment: "live",
    environments: { eu: {} }
  });
  assert.equal(forgetEnvironment({ credential: TEST }, "shop", ""), null);
});

test("Save keeps what it knew of other schemes, servers and environments", () => {
  const before = {
    provider: "shop",
    credential: TEST,
    schemes: { other: LIVE },
    servers: ["https://a.example"],
    environments: { eu: {} },
    customHeaders: { "X-Old": "1" },
    fresh: true
  };
  const entry = entryToKeep(before, {
    provider: "shop",
    credentials: [["key", TEST]],
    alternative: '["key"]',
    customHeaders: null,
    gateway: "https://gateway.example",
    server: "https://b.example"
  });
  assert.match(entry.updatedAt, /^\d{4}-.*Z$/);
  assert.deepEqual(entry, {
    provider: "shop",
    credential: TEST,
    schemes: { other: LIVE, key: TEST },
    alternative: '["key"]',
    gateways: ["https://gateway.example"],
    servers: ["https://a.example", "https://b.example"],
    environments: { eu: {} },
    updatedAt: entry.updatedAt
  });
});

test("Save without anything filled in keeps that none is used", () => {
  const panel = { provider: "shop", credentials: [], customHeaders: null, gateway: "", server: "" };
  const entry = entryToKeep(null, panel);
  assert.deepEqual(entry.credential, { type: "none" });
  assert.deepEqual(entry.gateways, []);
  assert.equal("servers" in entry, false);
});
