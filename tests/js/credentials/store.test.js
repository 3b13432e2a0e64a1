import assert from "node:assert/strict";
import test from "node:test";

import { KEY, openStore } from "../../../static/js/credentials/store.js";
import { fakeStorage, setStorage } from "../page.js";

const ENTRY = { provider: "stripe", credential: { type: "bearer", token: "canary" } };
const kept = (storage) => JSON.parse(storage.texts.get(KEY) ?? "null");

test("an entry is in one place only, under its API's name", () => {
  const { tab, browser } = setStorage();
  const store = openStore("stripe");
  assert.equal(store.current(), null);
  assert.equal(store.where(), "localStorage");
  assert.equal(store.store(ENTRY), true);
  assert.deepEqual(kept(browser), { stripe: ENTRY });
  assert.equal(store.store(ENTRY, "sessionStorage"), true);
  assert.deepEqual([kept(tab), kept(browser)], [{ stripe: ENTRY }, null]);
  assert.equal(store.where(), "sessionStorage");
  assert.deepEqual(openStore("stripe").current(), ENTRY);
});

test("another API's entry is neither read nor lost", () => {
  const { browser } = setStorage();
  openStore("github").store({ provider: "github" });
  const store = openStore("stripe");
  assert.equal(store.current(), null);
  store.store(ENTRY);
  store.store(null);
  assert.deepEqual(kept(browser), { github: { provider: "github" } });
});

test("an entry that names another API is not this one's", () => {
  const { browser } = setStorage();
  browser.texts.set(KEY, JSON.stringify({ stripe: { ...ENTRY, provider: "evil" } }));
  assert.equal(openStore("stripe").current(), null);
});

test("an API may be called like a property of every object", () => {
  setStorage();
  for (const name of ["__proto__", "constructor", "toString"]) {
    const store = openStore(name);
    assert.equal(store.current(), null);
    store.store({ provider: name });
    assert.deepEqual(openStore(name).current(), { provider: name });
  }
});

test("what storage refuses is kept for the page, and said to be so", () => {
  const full = { tab: fakeStorage({ isFull: true }), browser: fakeStorage({ isForbidden: true }) };
  setStorage(full);
  const store = openStore("stripe");
  assert.equal(store.store(ENTRY), false);
  assert.equal(store.where(), "page");
  assert.deepEqual(store.current(), ENTRY);
  assert.equal(openStore("stripe").current(), null);
  store.forget();
  assert.equal(store.current(), null);
});

test("what is for this page only leaves no trace in storage", () => {
  const { tab, browser } = setStorage();
  const store = openStore("stripe");
  store.store(ENTRY);
  assert.equal(store.store(ENTRY, "page"), true);
  assert.deepEqual([kept(tab), kept(browser)], [null, null]);
  assert.equal(store.isInMemory(), true);
});

test("rubbish in storage is no entry", () => {
  const { browser } = setStorage();
  for (const text of ["", "{", "[]", "3", '{"stripe": 3}', '{"stripe": []}', "null"]) {
    browser.texts.set(KEY, text);
    assert.equal(openStore("stripe").current(), null, text);
  }
});
