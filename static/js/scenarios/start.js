// Scenarios: their script is fetched only where one is made, shown or played.
import { readItem } from "../lib/storage.js";

const load = () => import(document.documentElement.dataset.scenarios ?? "");
const button = document.querySelector("[data-add-step]");
const isPlayed =
  location.hash === "#step" && readItem("playground:play", "sessionStorage") !== null;

if (document.querySelector(".scenarios")) load();
if (isPlayed) load().then((script) => script.play());
button?.addEventListener("click", async () => (await load()).add(button));
