// The list of kept answers: of one operation beside its answer, of all of them on their own page.
import { siteAddress } from "../lib/site.js";
import { goAndFill } from "../form/hand_over.js";
import { button, element } from "../lib/elements.js";
import { fillForm, showAgain } from "./answers.js";
import { differencesOf, headBefore, holds } from "./heads.js";
import { changeHead, eraseKept, keptHeads, keptRecord, removeKept } from "./store.js";

/** @typedef {import("./store.js").Head} Head */

const CLASSES = ["", "info", "ok", "info", "warn", "bad"];
const MOST_DRAWN = 200;
const place = document.querySelector("#history");
const ofAll = place?.matches("[data-history=all]");
let typed = "";
/** @type {Set<number>} */
const chosen = new Set();

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
  await fillForm(pairs);
  if (send) document.querySelector("#send").click();
  else await showAgain(id);
};

/**
 * @param {Head} head
 * @param {any} item
 */
const rename = (head, item) => {
  const input = element("input", { class: "input", "aria-label": _("Name"), maxlength: "80" });
  input.value = head.name ?? "";
  const form = element("form", { class: "rename" }, input);
  form.append(element("button", { class: "button" }, _("Save")));
  form.addEventListener("submit", async (/** @type {Event} */ event) => {
    event.preventDefault();
    await changeHead(head.id ?? 0, { name: input.value.trim() });
    await drawHistory();
  });
  item.append(form);
  input.focus();
};

/** @param {number[]} ids */
const compareKept = async ([after, before]) => {
  const [newer, older] = await Promise.all([keptRecord(after), keptRecord(before)]);
  const form = element("form", {
    method: "post",
    action: siteAddress("/answers/compare"),
    hidden: ""
  });
  for (const [name, value] of [
    ["before_record", older ?? ""],
    ["after_record", newer ?? ""]
  ]) {
    const box = element("textarea", { name });
    box.value = value;
    form.append(box);
  }
  document.body.append(form);
  form.submit();
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
  const time = element("time", { datetime: head.at }, when.toLocaleString());
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
      button(head.pinned ? _("Unpin") : _("Pin"), async () => {
        await changeHead(id, { pinned: !head.pinned });
        await drawHistory();
      }),
      button(_("Name"), () => rename(head, item)),
      button(_("Forget"), async () => {
        chosen.delete(id);
        await removeKept([id]);
        await drawHistory();
      })
    )
  );
  return item;
};

const drawChoice = () => {
  const compare = place.querySelector("[data-compare]");
  compare.disabled = chosen.size !== 2;
};

/** @param {Head[]} heads */
const drawList = (heads) => {
  const ours = ofAll ? heads : heads.filter(({ operation }) => operation === place.dataset.history);
  const found = ours.filter((head) => holds(head, typed));
  const pinnedFirst = [...found.filter((one) => one.pinned), ...found.filter((one) => !one.pinned)];
  const list = place.querySelector("ol");
  list.replaceChildren(...pinnedFirst.slice(0, MOST_DRAWN).map((head) => row(head, heads)));
  const none = place.querySelector("[data-none]");
  none.hidden = Boolean(found.length);
  none.textContent = ours.length ? _("Nothing kept matches.") : _("No answer is kept yet.");
  drawChoice();
};

const drawFrame = () => {
  const search = element("input", {
    class: "input",
    type: "search",
    "aria-label": _("Search answers"),
    placeholder: _("Search answers")
  });
  search.addEventListener("input", async () => {
    typed = search.value.trim();
    drawList(await keptHeads());
  });
  const compare = button(
    _("Compare"),
    () => compareKept([...chosen].sort((one, other) => other - one)),
    { "data-compare": "", class: "button" }
  );
  const erase = button(_("Erase all"), async () => {
    if (erase.dataset.sure === undefined) {
      erase.dataset.sure = "";
      erase.textContent = _("Erase every kept answer?");
      return;
    }
    chosen.clear();
    await eraseKept();
    delete erase.dataset.sure;
    erase.textContent = _("Erase all");
    await drawHistory();
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
      element("p", { "data-none": "" })
    )
  );
};

/** Draw the list as it is kept now. */
export const drawHistory = async () => {
  if (!place || (!ofAll && !place.open)) return;
  if (!place.querySelector(".history-body")) drawFrame();
  try {
    drawList(await keptHeads());
  } catch {
    place.querySelector("[data-none]").textContent = _("This browser lets this site keep nothing.");
  }
};

document.addEventListener("playground:kept", () => drawHistory());
