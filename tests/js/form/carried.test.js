import assert from "node:assert/strict";
import test from "node:test";

import {
  carriedPairs,
  fillAnything,
  isKept,
  isValue,
  pairsIn,
  submitted
} from "../../../static/js/form/carried.js";

// A pattern of the same shape as the server's, which a page hands over (tests/web proves that it
// does).
const pattern = /(^|[^a-z])api[-_]?key$|(^|[.~/ ])token$|(secret|password)$/i;
const carried = (pairs, { inputs = [], parameters = [], raw = false } = {}) =>
  carriedPairs(pairs, { pattern, inputs: new Set(inputs), parameters }, raw);

test("values are carried, and of what is no value the server alone", () => {
  const pairs = [
    ["path.id", "1"],
    ["query.page", "2"],
    ["header.X-Trace", "3"],
    ["cookie.seen", "4"],
    ["body/name", "5"],
    ["media_type", "application/json"],
    ["objects", "brackets"],
    ["server.region", "eu"],
    ["gateway_url", "https://gateway.example"],
    ["credential", "canary"],
    ["security", "bearer"],
    ["csrf_token", "canary"],
    ["bodyguard", "6"]
  ];
  assert.deepEqual(carried(pairs), pairs.slice(0, 8));
  assert.deepEqual(
    pairs.filter(([name]) => isValue(name)),
    pairs.slice(0, 7)
  );
  assert.equal(isKept("server"), true);
});

test("what says only what is the case without it is left out", () => {
  const empty = [
    ["query.page", ""],
    ["body/name~as", ""],
    ["body~mode", "form"],
    ["body~shown", "form"],
    ["brackets", "index"],
    ["objects", "json"]
  ];
  assert.deepEqual(carried(empty), []);
  const said = [
    ["body/tags~item", ""],
    ["body/name~as", "null"],
    ["brackets", "repeat"]
  ];
  assert.deepEqual(carried(said), said);
});

test("nothing secret is carried, whatever says that it is", () => {
  const secret = [
    ["query.api_key", "canary"],
    ["body/user/password", "canary"],
    ["body/pin", "canary"],
    ["body/pin~kept", "canary"],
    ["body/seal~bytes", "canary"],
    ["header.X-Shop", "canary"],
    ["header.Authorization", "canary"],
    ["body/more~kept", '{"deep": [{"token" : "canary"}]}'],
    ["body/map~value/0", "canary"]
  ];
  const key = ["body/map~key/0", "client_secret"];
  const options = {
    inputs: ["body/pin", "body/seal"],
    parameters: ["header.authorization", "header.x-shop"]
  };
  assert.deepEqual(carried([...secret, key], options), [key]);
});

test("raw text is carried where it is the body and repeats no secret field", () => {
  const text = ["body~raw", '{"name": "a"}'];
  const mode = ["body~mode", "raw"];
  assert.deepEqual(carried([text, mode], { raw: true }), [text, mode]);
  assert.deepEqual(carried([text, mode]), [mode]);
  assert.deepEqual(carried([text, mode], { raw: true, inputs: ["body/pin"] }), [mode]);
  assert.deepEqual(carried([["body~raw", '{"token": "canary"}']], { raw: true }), []);
});

test("rows alone fill nothing in", () => {
  assert.equal(fillAnything([["body/tags~item", "0"]]), false);
  assert.equal(fillAnything([["body/map~value/0", ""]]), false);
  for (const name of ["query.page", "body/a~as", "body/a~choice", "body/a~kept", "body~mode"]) {
    assert.equal(fillAnything([[name, "x"]]), true);
  }
});

test("rubbish is no pair", () => {
  const rubbish = [null, "x", ["query.a"], ["query.a", 1], [1, "a"], ["gateway_url", "x"]];
  assert.deepEqual(pairsIn([...rubbish, ["query.a", "b"]], isValue), [["query.a", "b"]]);
  for (const kept of [null, undefined, {}, "x", 3]) assert.deepEqual(pairsIn(kept, isValue), []);
});

test("raw text is submitted as what was shown, names may come more than once", () => {
  const pairs = [
    ["body~mode", "raw"],
    ["query.tag", "a"],
    ["query.tag", "b"]
  ];
  assert.deepEqual(submitted(pairs), {
    "body~mode": ["raw"],
    "body~shown": ["raw"],
    "query.tag": ["a", "b"]
  });
});

test("a pair that the server would refuse the whole form for is left out", () => {
  const deep = [`body/${"a/".repeat(500)}`, "x"];
  const long = [`body/${"ä".repeat(700)}`, "x"];
  assert.deepEqual(pairsIn([deep, ["path.id", "1"], long], isValue), [["path.id", "1"]]);
  const many = Array.from({ length: 20_000 }, (_, row) => [`body/${row}`, "x"]);
  assert.equal(pairsIn(many, isValue).length, 9_000);
});
