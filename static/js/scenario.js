// Scenarios: their script is fetched only where one is made, shown or played.
"use strict";
{
  const address = document.documentElement.dataset.scenarios;
  const button = document.querySelector("[data-add-step]");
  let playing = false;
  try { playing = location.hash === "#step" && sessionStorage.getItem("playground:play") !== null; } catch { /* no storage, nothing is played */ }
  const load = () => import(address);
  if (document.querySelector(".scenarios")) addEventListener("load", load);
  if (playing) addEventListener("load", async () => (await load()).play());
  button?.addEventListener("click", async () => (await load()).add(button));
}
