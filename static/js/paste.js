// Paste anything: a text for another operation is taken along to its page. The rest of the script is fetched when the box is
// opened, or when a text was taken along to this page.
"use strict";
{
  const place = document.querySelector("[data-paste]");
  const form = document.querySelector("#request");
  let carried = null;
  try { carried = sessionStorage.getItem("playground:paste"); sessionStorage.removeItem("playground:paste"); } catch { /* nothing was taken along */ }
  if (place) {
    const box = place.querySelector("#paste");
    box.form.addEventListener("htmx:beforeOnLoad", (event) => {
      if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
      try { sessionStorage.setItem("playground:paste", box.value); } catch { event.preventDefault(); box.form.submit(); }
    });
    const load = async (text) => (await import(place.dataset.paste)).start(box, text);
    if (carried && form) {
      form.dataset.pasting = "";
      addEventListener("load", () => { place.open = true; load(carried); });
    } else place.addEventListener("toggle", () => load(null), { once: true });
  }
}
