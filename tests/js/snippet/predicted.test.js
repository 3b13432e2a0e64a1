import assert from "node:assert/strict";
import test from "node:test";

import { covers, written } from "../../../static/js/snippet/predicted.js";

const KNOWN = {
  name: "query.word",
  shortest: 2,
  longest: 9,
  digits: false,
  needs: "",
  whole: true,
  places: {}
};

/** @param {any} known @param {string[]} texts */
const covered = (known, texts) => texts.filter((text) => covers(known, text));

test("a prediction covers words of its lengths", () => {
  const texts = [
    "",
    "a",
    "ab",
    "a-b.c_d",
    "12",
    "abcdefghi",
    "abcdefghij",
    "-ab",
    "a b",
    "é é",
    "a'b"
  ];
  assert.deepEqual(covered(KNOWN, texts), ["ab", "a-b.c_d", "12", "abcdefghi"]);
});

test("one of several words covers no single word, and none that ends in a blank", () => {
  const known = { ...KNOWN, needs: " @:,+" };
  assert.deepEqual(covered(known, ["ab", "a b", "a@b.c", "a b ", " a b", "a/b c"]), [
    "a b",
    "a@b.c"
  ]);
});

test("one of an integer covers integers as a program writes them", () => {
  const known = { ...KNOWN, shortest: 1, digits: true };
  const texts = ["1", "120", "012", "0", "-1", "1.5", "1e3", "123456789", "1234567890"];
  assert.deepEqual(covered(known, texts), ["1", "120", "123456789"]);
});

test("a text is put in at each of its places, spelled as it is there", () => {
  assert.equal(written("?a=x&b=yz;", [[3, 4, { " ": "+" }]], "1 2"), "?a=1+2&b=yz;");
  assert.equal(
    written(
      '\u{1f600}x/"xx"',
      [
        [2, 3, { " ": "%20" }],
        [5, 7, {}]
      ],
      "a b"
    ),
    '\u{1f600}a%20b/"a b"'
  );
  assert.equal(written("unchanged", [], "a"), "unchanged");
});
