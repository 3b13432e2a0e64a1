// Says which scripts changed their meaning as they were shrunk: pairs of sources as JSON in, the
// names of those whose syntax trees differ out. The parser's path is the first argument.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { parse } = await import(pathToFileURL(process.argv[2]).href);

const treeOf = (source) =>
  JSON.stringify(parse(source, { ecmaVersion: 2024, sourceType: "module" }), (name, value) =>
    name === "start" || name === "end" || name === "raw" ? undefined : value
  );

const pairs = JSON.parse(readFileSync(0, "utf8"));
const changed = pairs.filter(({ source, shrunk }) => treeOf(source) !== treeOf(shrunk));
process.stdout.write(JSON.stringify(changed.map(({ name }) => name)));
