import assert from "node:assert/strict";
import test from "node:test";

import "../page.js";
import { summaryOf } from "../../../static/js/credentials/summary.js";

globalThis.document = { documentElement: { lang: "en" } };

test("the closed panel says where credentials are kept", () => {
  assert.equal(summaryOf(null, [], "localStorage"), "Kept in this browser only.");
  assert.equal(summaryOf(null, [], "sessionStorage"), "Kept for this tab only.");
  assert.equal(summaryOf(null, [], "page"), "Kept until you leave this page.");
});

test("it names the environment and the first end", () => {
  const ends = [{ expiresAt: Date.now() + 1e12 }, { expiresAt: Date.now() + 1e11 }, {}];
  const date = new Date(ends[1].expiresAt).toLocaleDateString("en");
  assert.equal(
    summaryOf({ environment: "eu" }, ends, "localStorage"),
    `Environment: eu. Expires ${date}. Kept in this browser only.`
  );
});

test("an end within a day is a time, and one that is over is said to be", () => {
  const soon = Date.now() + 3_600_000;
  const time = new Date(soon).toLocaleTimeString("en");
  assert.match(summaryOf(null, [{ expiresAt: soon }], "page"), new RegExp(`^Expires ${time}\\. `));
  assert.match(summaryOf(null, [{ expiresAt: 1 }], "page"), /^Expired .*\. Kept until/);
});
