// Operations visited lately: their names and nothing else, kept in this browser, for the palette's
// first options.
import { readJSON, writeItem } from "../lib/storage.js";
import { isOperationName, recentNames, withVisit } from "./recent_names.js";

const RECENT_KEY = "playground:recent";
const operationHere = () => {
  const action = document.querySelector("#request")?.getAttribute("action");
  const address = action?.match(/^\/providers\/(.+)\/send$/);
  try {
    return address ? decodeURIComponent(address[1]) : null;
  } catch {
    return null;
  }
};
const hereNow = document.querySelector("#palette") && operationHere();
const visited = () => recentNames(readJSON(RECENT_KEY));

/** Return the names that were visited before this page, newest first. */
export const visitedBefore = () => visited().filter((name) => name !== hereNow);

if (isOperationName(hereNow)) writeItem(RECENT_KEY, JSON.stringify(withVisit(visited(), hereNow)));
