// Links made and opened by the page's own script: forms as lines of JSON in, what each link fills in as lines out.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import vm from "node:vm";

const script = new vm.Script(readFileSync(process.argv[2], "utf8"));

// As much of a page as the script looks at: the inputs of one form, the button Copy link, and where the link stands.
const deaf = { addEventListener: () => {} };
const open = ({ pairs, hidden, schemes, raw }) => {
  const said = { link: "", filled: null }, later = [];
  let share;
  const link = { textContent: "" }, note = { hidden: true, textContent: "" };
  const location = { origin: "https://playground.test", pathname: "/providers/x/y", hash: "", search: "" };
  const form = {
    dataset: { operation: "x/y", action: "/providers/x/y", digest: "01234567", secretNames: process.argv[3] }, elements: [],
    querySelectorAll: () => hidden.map((name) => ({ name })),
    querySelector: () => ({ checked: raw }),
    ...deaf,
  };
  const named = {
    "#request": form, "#share-link": link, "#link-note": note,
    "#link-notes": { content: { querySelector: () => ({ textContent: "" }) } },
    "[data-share]": { addEventListener: (_, pressed) => { share = pressed; }, dataset: {} },
  };
  const page = {
    document: {
      querySelector: (selector) => named[selector] ?? null,
      querySelectorAll: () => schemes.map(([place, name]) => ({ dataset: { in: place, name } })),
      body: deaf, ...deaf,
    },
    window: deaf, ...deaf,
    localStorage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
    history: { replaceState: (_state, _title, hash) => { location.hash = hash; } },
    htmx: { ajax: (_method, _url, { values }) => { said.filled = values; } },
    queueMicrotask: (task) => later.push(task),
    location, URL, TextEncoder, TextDecoder, btoa, atob, setTimeout, clearTimeout,
  };
  page.FormData = class { *[Symbol.iterator]() { yield* pairs; } };
  script.runInNewContext(page);
  share({ currentTarget: { dataset: {} } });
  for (const task of later) task();
  return { link: link.textContent, filled: Object.entries(said.filled ?? {}).flatMap(([name, values]) => values.map((value) => [name, value])) };
};

for await (const line of createInterface({ input: process.stdin })) process.stdout.write(JSON.stringify(open(JSON.parse(line))) + "\n");
