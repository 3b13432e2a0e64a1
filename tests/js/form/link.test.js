import assert from "node:assert/strict";
import test from "node:test";

import { isLink, linkOf, readLink } from "../../../static/js/form/link.js";

test("a link gives back its values and its digest", () => {
  const pairs = [
    ["query.page", "é/2\n"],
    ["body/name", "\u{1f600}"]
  ];
  const aside = [
    ["server", "https://other.example"],
    ["body/source~was/0/card", "4242"],
    ["body~stored/1/name", "x"]
  ];
  const link = linkOf([...pairs, ...aside], "0a1b2c3d");
  assert.match(link, /^#v1=[\w-]+\.0a1b2c3d$/);
  assert.deepEqual(readLink(link), { pairs, digest: "0a1b2c3d", answer: undefined });
  assert.deepEqual(readLink(`${link}.aN_-`), { pairs, digest: "0a1b2c3d", answer: "aN_-" });
});

test("a link without values, or without a digest, is one", () => {
  assert.deepEqual(readLink("#v1="), {
    pairs: [],
    digest: undefined,
    answer: undefined
  });
  assert.deepEqual(readLink(linkOf([], "ff")), {
    pairs: [],
    digest: "ff",
    answer: undefined
  });
});

test("only values come out of a link, whoever wrote it", () => {
  const written = JSON.stringify([
    ["gateway_url", "https://evil.example"],
    ["credential", "x"],
    ["server", "https://evil.example"],
    ["query.a", "b"]
  ]);
  const link = `#v1=${Buffer.from(written).toString("base64url")}`;
  assert.deepEqual(readLink(link).pairs, [["query.a", "b"]]);
});

test("a damaged or newer link is told from a good one", () => {
  for (const hash of ["#v2=abc", "#v1=*", "#v1=abc", "#v1=W10.x.", "#v1=W10.x.y.z", "#v1=_w"]) {
    assert.equal(isLink(hash), true, hash);
    assert.throws(() => readLink(hash), hash);
  }
  for (const hash of ["", "#response", "#args=e30", "#version"]) assert.equal(isLink(hash), false);
});
