import assert from "node:assert/strict";
import test from "node:test";

import { forgetSecrets, openSecrets, secretsIn } from "../../../static/js/form/secret_variables.js";

const area = () => {
  const kept = new Map();
  return new Proxy(kept, {
    get: (_, name) =>
      ({
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, text) => kept.set(key, text),
        removeItem: (key) => kept.delete(key)
      })[name],
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true })
  });
};
const page = () => {
  globalThis.window = { localStorage: area(), sessionStorage: area() };
  return globalThis.window;
};

test("what the server reads as declared is asked for", () => {
  const text =
    "a = 1\nsecret token\n [ live ] \nsecret token\n secret other\nsecret 1x\nsecret a = b";
  assert.deepEqual([...secretsIn(text, "")], [["token", ""]]);
  assert.deepEqual(
    [...secretsIn(text, "live")],
    [
      ["token", "live"],
      ["other", "live"]
    ]
  );
  assert.deepEqual([...secretsIn("", "")], []);
});

test("values are kept for the tab, by environment, until they are moved", () => {
  const { localStorage, sessionStorage } = page();
  const secrets = openSecrets("shop");
  secrets.set("", "token", "one");
  secrets.set("live", "token", "two");
  assert.equal(secrets.where(), "sessionStorage");
  assert.equal(openSecrets("shop").valueOf("live", "token"), "two");
  assert.equal(openSecrets("other").valueOf("", "token"), "");
  secrets.move("localStorage");
  assert.equal(sessionStorage.getItem("playground:secrets:shop"), null);
  assert.match(localStorage.getItem("playground:secrets:shop"), /two/);
  secrets.move("page");
  assert.equal(localStorage.getItem("playground:secrets:shop"), null);
  assert.equal(secrets.valueOf("", "token"), "one");
  secrets.forget();
  assert.equal(secrets.valueOf("", "token"), "");
});

test("a value that is emptied is gone, and rubbish is none", () => {
  const { sessionStorage } = page();
  const secrets = openSecrets("shop");
  secrets.set("", "token", "one");
  secrets.set("", "token", "");
  assert.equal(sessionStorage.getItem("playground:secrets:shop"), '{"":{}}');
  for (const text of ["[", "3", '{"":3}', '{"":{"token":{}}}', "null"]) {
    sessionStorage.setItem("playground:secrets:shop", text);
    assert.equal(openSecrets("shop").valueOf("", "token"), "");
    assert.equal(openSecrets("shop").valueOf("__proto__", "toString"), "");
  }
});

test("storage that refuses leaves the page its own", () => {
  globalThis.window = {
    get localStorage() {
      throw new Error("no");
    },
    get sessionStorage() {
      throw new Error("no");
    }
  };
  const secrets = openSecrets("shop");
  secrets.set("", "token", "one");
  assert.equal(secrets.where(), "page");
  assert.equal(secrets.valueOf("", "token"), "one");
  forgetSecrets();
});

test("all of them are forgotten together", () => {
  const { localStorage, sessionStorage } = page();
  openSecrets("shop").set("", "token", "one");
  localStorage.setItem("playground:secrets:other", "{}");
  localStorage.setItem("playground:variables:shop", "{}");
  forgetSecrets();
  assert.equal(sessionStorage.getItem("playground:secrets:shop"), null);
  assert.equal(localStorage.getItem("playground:secrets:other"), null);
  assert.equal(localStorage.getItem("playground:variables:shop"), "{}");
});
