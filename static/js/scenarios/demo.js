// Demo mode: secrets blurred, large type, calm surroundings; boot.js sets it before the first
// paint.
import { removeItem, writeItem } from "../lib/storage.js";

const KEY = "playground:demo";
const root = document.documentElement;
const isOn = () => root.dataset.demo === "large";
const draw = () => {
  for (const button of document.querySelectorAll("[data-demo-mode]")) {
    button.setAttribute("aria-pressed", String(isOn()));
  }
};

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-demo-mode]")) return;
  if (isOn()) delete root.dataset.demo;
  else root.dataset.demo = "large";
  if (isOn()) writeItem(KEY, "large");
  else removeItem(KEY);
  draw();
  const bar = document.querySelector("#play-bar");
  root.style.setProperty("--bar", `${bar?.offsetHeight ?? 0}px`);
});
document.body.addEventListener("htmx:afterSettle", draw);
draw();
