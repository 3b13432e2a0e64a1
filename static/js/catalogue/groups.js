// The groups of a provider's operations are open or closed as they were left, in this browser.
import { readJSON, writeItem } from "../lib/storage.js";
import { readGroups, withGroup, withoutProvider } from "./kept_groups.js";

const KEY = "playground:groups";
const kept = () => readGroups(readJSON(KEY));
/** @param {import("./kept_groups.js").KeptGroups} groups */
const keep = (groups) => writeItem(KEY, JSON.stringify(groups));

/** @param {any} list */
const restore = (list) => {
  // All open or all closed is what was just asked for.
  if (!list || new URLSearchParams(location.search).has("open")) return;
  const groups = new Map(new Map(kept()).get(list.dataset.provider));
  for (const group of list.querySelectorAll("[data-group]")) {
    const isOpen = groups.get(group.dataset.group);
    if (isOpen !== undefined) group.open = isOpen;
  }
};

restore(document.querySelector("#operations"));
// Groups that a filter took away come back, and more groups of a long list follow.
document.body.addEventListener("htmx:load", ({ target }) => {
  const list = target.closest?.("#operations");
  if (list && (target === list || target.matches("[data-group]"))) restore(list);
});
document.body.addEventListener("click", ({ target }) => {
  const list = target.closest?.("#operations");
  const group = target.closest?.("[data-group] > summary")?.parentElement;
  const provider = list?.dataset.provider;
  if (!provider) return;
  if (group) keep(withGroup(kept(), provider, group.dataset.group, !group.open));
  else if (target.closest("[data-all-groups]")) keep(withoutProvider(kept(), provider));
});
