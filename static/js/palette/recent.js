// Operations visited lately: their names and nothing else, kept in this browser, for the palette's
// first options.
import { readJSON, writeItem } from "../lib/storage.js";
import { recentNames, withVisit } from "./recent_names.js";

const RECENT_KEY = "playground:recent";
const hereNow = () =>
  document.querySelector("#palette") && document.querySelector("#request")?.dataset.operation;
const visited = () => recentNames(readJSON(RECENT_KEY));

/** Return the names that were visited before this page, newest first. */
export const visitedBefore = () => visited().filter((name) => name !== hereNow());

const note = () => {
  const here = hereNow();
  if (here) writeItem(RECENT_KEY, JSON.stringify(withVisit(visited(), here)));
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", note);
else note();
