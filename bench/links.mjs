// Links made and opened by the page's own modules: forms as lines of JSON in, what each link fills in as lines out.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const modules = pathToFileURL(`${process.argv[2]}/`);
const { carriedPairs, submitted } = await import(new URL("form/carried.js", modules));
const { linkOf, readLink } = await import(new URL("form/link.js", modules));

const followed = ({ pairs, hidden, parameters, pattern, raw }) => {
  const secrets = { inputs: new Set(hidden), parameters, pattern: new RegExp(pattern, "i") };
  const link = linkOf(carriedPairs(pairs, secrets, raw), "01234567");
  const values = Object.entries(submitted(readLink(link).pairs));
  return { link, filled: values.flatMap(([name, texts]) => texts.map((text) => [name, text])) };
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(followed(JSON.parse(line)))}\n`);
}
