import assert from "node:assert/strict";
import test from "node:test";

import { fileIn } from "../../../static/js/paste/files.js";

test("a pasted file has its name, type and bytes", async () => {
  const [name, file] = fileIn("body/many/0~held iVBO image/png a b.png");
  assert.deepEqual([name, file.name, file.type], ["body/many/0", "a b.png", "image/png"]);
  assert.deepEqual([...new Uint8Array(await file.arrayBuffer())], [0x89, 0x50, 0x4e]);
});

test("one without type or name is a file too", () => {
  const [name, file] = fileIn("body~held aGk=  ");
  assert.deepEqual([name, file.name, file.type, file.size], ["body", "", "", 2]);
});
