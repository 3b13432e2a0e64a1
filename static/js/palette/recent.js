// Operations visited lately, for the palette's first options. Each page keeps its own name, and
// nothing else, in this browser (page/early.js).
import { readJSON } from "../lib/storage.js";
import { recentNames } from "./recent_names.js";

/** Return the names that were visited before this page, newest first. */
export const visitedBefore = () => {
  const here =
    document.querySelector("#palette") && document.querySelector("#request")?.dataset.operation;
  return recentNames(readJSON("playground:recent")).filter((name) => name !== here);
};
