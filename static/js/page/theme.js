// The theme button: light, dark, or as the system says. boot.js applies the saved choice before the
// first paint.
import { writeItem } from "../lib/storage.js";

const { dataset } = document.documentElement;
document.querySelector("[data-theme-toggle]")?.addEventListener("click", () => {
  const dark = dataset.theme
    ? dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  dataset.theme = dark ? "light" : "dark";
  writeItem("playground:theme", dataset.theme);
});
