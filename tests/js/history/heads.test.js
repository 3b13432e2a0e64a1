import assert from "node:assert/strict";
import test from "node:test";

import {
  differencesOf,
  digestOf,
  headBefore,
  headOf,
  holds
} from "../../../static/js/history/heads.js";

const RECORD = JSON.stringify({
  provider: "shop",
  operation: "items",
  at: "2026-11-30T10:00:00Z",
  title: "List items",
  request: { method: "GET", url: "https://example.com/items?limit=2" },
  response: { status: 200, origin: "network", body: { text: `{"id":"it_1"}${" ".repeat(5000)}` } }
});
const PAIRS = [["query.limit", "2"]];

test("a head tells of a record and holds only the beginning of its answer", () => {
  const head = headOf(RECORD, PAIRS);
  assert.equal(head.operation, "shop/items");
  assert.equal(head.length, RECORD.length);
  assert.ok(head.start.length <= 2000);
  assert.throws(() => headOf("{", []));
  assert.throws(() => headOf("{}", []));
});

test("bytes that are no text have a head too", () => {
  const record = JSON.parse(RECORD);
  record.response.body = { base64: "AAE=" };
  assert.equal(headOf(JSON.stringify(record), []).start, "AAE=");
});

test("what was asked differently is told by name, old and new", () => {
  assert.deepEqual(differencesOf([["query.limit", "2"]], [["query.limit", "3"]]), ["limit: 2 → 3"]);
  assert.deepEqual(differencesOf([], [["body/a/b", "x"]]), ["a/b: – → x"]);
  assert.deepEqual(
    differencesOf(
      [
        ["a", "1"],
        ["a", "2"]
      ],
      [["a", "1"]]
    ),
    ["a: 1, 2 → 1"]
  );
  assert.deepEqual(differencesOf(PAIRS, PAIRS), []);
  const many = ["a", "b", "c", "d", "e"].map((name) => [name, "1"]);
  assert.equal(differencesOf([], many).at(-1), "+2");
  assert.ok(differencesOf([], [["a", "x".repeat(500)]])[0].length < 60);
});

test("the answer before is the one of the same operation that came before", () => {
  const heads = [5, 4, 3, 2].map((id) => ({ id, operation: id % 2 ? "odd" : "even" }));
  assert.equal(headBefore(heads[0], heads).id, 3);
  assert.equal(headBefore(heads[3], heads), undefined);
});

test("a search finds every word anywhere in what is told", () => {
  const head = { ...headOf(RECORD, PAIRS), name: "Two of them" };
  for (const typed of ["items", "TWO them", "limit=2", "it_1 200", "shop 2026-11", "", "  "]) {
    assert.ok(holds(head, typed.trim()), typed);
  }
  assert.ok(!holds(head, "items nothing"));
});

test("equal texts have equal digests", () => {
  assert.equal(digestOf("abc"), digestOf("abc"));
  assert.notEqual(digestOf("abc"), digestOf("abd"));
});
