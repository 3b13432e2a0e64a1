// Only in the page for an iframe, before its first paint: reports its height to the page around it,
// follows that page's theme, and shows why credentials cannot be kept. Speaks to the origins of the
// operator's list and to no other; takes one word from them.
import { isListed } from "./origins.js";

const root = document.documentElement;
const listed = (root.dataset.embed ?? "").split(" ").filter(Boolean);
// The origins to report to; where the browser does not name the page around, all that are listed in
// full.
const listeners = () => {
  const around = location.ancestorOrigins?.[0];
  if (window.parent === window) return [];
  if (around) return isListed(around, listed) ? [around] : [];
  return listed.filter((origin) => !origin.includes("*"));
};

// A sandboxed frame has no origin to keep anything for; a browser may also refuse storage to every
// frame of another site.
const storage = () => {
  if (self.origin === "null") return "sandbox";
  try {
    localStorage.setItem("playground:probe", "");
    localStorage.removeItem("playground:probe");
    return "kept";
  } catch {
    return "blocked";
  }
};
root.dataset.storage = storage();

window.addEventListener("message", ({ data, origin, source }) => {
  const { type, theme } = data ?? {};
  if (source !== window.parent || !isListed(origin, listed)) return;
  if (type !== "playground:theme" || (theme !== "light" && theme !== "dark")) return;
  root.dataset.theme = theme;
});
document.addEventListener("DOMContentLoaded", () => {
  const origins = listeners();
  let last = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    for (const origin of origins) {
      window.parent.postMessage({ type: "playground:height", height }, origin);
    }
  };
  if (!origins.length) return;
  // Below the screen nothing is drawn, and so no observer told anything before the reader is there.
  tell();
  new ResizeObserver(tell).observe(document.body);
});
