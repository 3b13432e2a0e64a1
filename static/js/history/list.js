// The list of kept answers: of one operation beside its answer, of all of them on their own page.
import { siteAddress } from "../lib/site.js";
import { goAndFill } from "../form/hand_over.js";
import { button, element } from "../lib/elements.js";
import { fillForm } from "../form/fill.js";
import { showAgain, tell } from "./answers.js";
import { compareKept, rename } from "./chosen.js";
import { differencesOf, headBefore, holds } from "./heads.js";
import { whyNot } from "./broken.js";
import { changeHead, eraseKept, keptList, removeKept } from "./store.js";

/** @typedef {import("./store.js").Head} Head */

const CLASSES = ["", "info", "ok", "info", "warn", "bad"];
const MOST_DRAWN = 200;
const place = document.querySelector("#history");
const ofAll = place?.matches("[data-history=all]");
let typed = "";
/** @type {Set<number>} */
const chosen = new Set();
/** Other tabs draw what they list again once something has changed here. */
const others = new BroadcastChannel("playground:history");
others.onmessage = () => drawHistory();

/**
 * Change what is kept, and draw it; where it cannot be, say why.
 *
 * @param {Promise<unknown>} change
 */
const changed = async (change) => {
  try {
    await change;
    tell("");
    others.postMessage("");
  } catch (error) {
    tell(whyNot(error));
  }
  await drawHistory();
};

/** @param {string} operation */
const pageOf = (operation) =>
  siteAddress(`/providers/${operation.split("/").map(encodeURIComponent).join("/")}`);

/**
 * @param {Head} head
 * @param {boolean} send
 */
const reopen = async (head, send) => {
  const { operation, pairs, id = 0 } = head;
  if (ofAll) {
    goAndFill(pageOf(operation), { operation, pairs, send, answer: send ? undefined : id });
    return;
  }
  // Not where another one was opened meanwhile.
  if (!(await fillForm(pairs))) return;
  if (send) document.querySelector("#send").click();
  else await showAgain(id);
};

/**
 * @param {Head} head
 * @param {Head[]} heads
 */
const row = (head, heads) => {
  const id = head.id ?? 0;
  const before = headBefore(head, heads);
  const differs = before ? differencesOf(before.pairs, head.pairs) : [];
  if (before && before.digest === head.digest) differs.push(_("same answer as before"));
  const when = new Date(head.at);
  const said = Number.isNaN(when.valueOf()) ? "" : when.toLocaleString();
  const time = element("time", { datetime: head.at }, said);
  const item = element("li", head.pinned ? { class: "pinned" } : {});
  const box = element("input", { type: "checkbox", "aria-label": _("Choose for comparing") });
  box.checked = chosen.has(id);
  box.addEventListener("change", () => {
    if (box.checked) chosen.add(id);
    else chosen.delete(id);
    drawChoice();
  });
  const status = element("span", { class: `pill ${CLASSES[Math.floor(head.status / 100)] ?? ""}` });
  status.textContent = `${head.status}`;
  const title = head.name || head.title || head.operation;
  const what = button(title, () => reopen(head, false), { class: "button plain title" });
  const says = element("p", { class: "note" }, [head.method, head.url].join(" "));
  item.append(
    element("div", { class: "kept-line" }, box, status, what, time),
    says,
    ...(differs.length ? [element("p", { class: "differs" }, differs.join(" · "))] : []),
    element(
      "div",
      { class: "buttons" },
      button(_("Send again"), () => reopen(head, true)),
      button(head.pinned ? _("Unpin") : _("Pin"), () =>
        changed(changeHead(id, { pinned: !head.pinned }))
      ),
      button(_("Name"), () => rename(head, item, (name) => changed(changeHead(id, { name })))),
      button(_("Forget"), () => {
        chosen.delete(id);
        return changed(removeKept([id]));
      })
    )
  );
  return item;
};

const drawChoice = () => {
  const compare = place.querySelector("[data-compare]");
  compare.disabled = chosen.size !== 2;
};

/** @param {{ heads: Head[], broken: number }} kept */
const drawList = ({ heads, broken }) => {
  const ours = ofAll ? heads : heads.filter(({ operation }) => operation === place.dataset.history);
  const found = ours.filter((head) => holds(head, typed));
  const pinnedFirst = [...found.filter((one) => one.pinned), ...found.filter((one) => !one.pinned)];
  const list = place.querySelector("ol");
  list.replaceChildren(...pinnedFirst.slice(0, MOST_DRAWN).map((head) => row(head, heads)));
  const none = place.querySelector("[data-none]");
  none.hidden = Boolean(found.length);
  none.textContent = ours.length ? _("Nothing kept matches.") : _("No answer is kept yet.");
  const rubbish = place.querySelector("[data-broken]");
  rubbish.hidden = !broken;
  for (const id of [...chosen]) if (!heads.some((head) => head.id === id)) chosen.delete(id);
  drawChoice();
};

const drawFrame = () => {
  const search = element("input", {
    class: "input",
    type: "search",
    "aria-label": _("Search answers"),
    placeholder: _("Search answers")
  });
  search.addEventListener("input", () => {
    typed = search.value.trim();
    return drawHistory();
  });
  const compare = button(
    _("Compare"),
    async () => {
      await compareKept([...chosen].sort((one, other) => other - one));
      await drawHistory();
    },
    { "data-compare": "", class: "button" }
  );
  const erase = button(_("Erase all"), async () => {
    if (erase.dataset.sure === undefined) {
      erase.dataset.sure = "";
      erase.textContent = _("Erase every kept answer?");
      return;
    }
    chosen.clear();
    delete erase.dataset.sure;
    erase.textContent = _("Erase all");
    await changed(eraseKept());
  });
  const note = element("p", { class: "note" });
  note.textContent =
    document.documentElement.dataset.demo === "large"
      ? _("Demo mode is on: nothing new is kept.")
      : _("Kept in this browser only, without secrets: the last 200 answers.");
  const tools = element("div", { class: "history-tools" }, search, compare, erase);
  place.append(
    element(
      "div",
      { class: "history-body" },
      note,
      tools,
      element("ol"),
      element("p", { "data-none": "" }),
      element(
        "p",
        { class: "note", "data-broken": "", hidden: "" },
        _("What else is kept cannot be read: “Erase all” removes it.")
      )
    )
  );
};

/** Draw the list as it is kept now. */
export const drawHistory = async () => {
  if (!place || (!ofAll && !place.open)) return;
  if (!place.querySelector(".history-body")) drawFrame();
  try {
    drawList(await keptList());
  } catch (error) {
    place.querySelector("ol").replaceChildren();
    const none = place.querySelector("[data-none]");
    none.hidden = false;
    none.textContent = whyNot(error);
  }
};

document.addEventListener("playground:kept", () => {
  others.postMessage("");
  return drawHistory();
});
