// Paste anything: a pasted credential goes from the visitor's own box to the credentials panel (the server only says where
// in the box it stands), and a text for another operation is taken along to that operation's page.
"use strict";
{
  const KEY = "playground:paste";
  const box = document.querySelector("#paste");
  let carried;
  try { carried = sessionStorage.getItem(KEY); sessionStorage.removeItem(KEY); } catch { /* nothing was taken along */ }

  const bytes = (text) => new TextDecoder().decode(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)));
  const READ = { percent: decodeURIComponent, basic: bytes };
  const put = (set, name, text) => { const input = set?.querySelector(`[data-part="${name}"]`); if (input) input.value = text; return Boolean(input); };
  const hand = (panel, text, place) => {
    let secret = text.slice(place.from, place.to);
    try { secret = READ[place.how]?.(secret) ?? secret; } catch { return false; }
    if (place.header) {
      panel.querySelector("[data-do=add-header]").click();
      const row = [...panel.querySelectorAll("[data-header-row]")].at(-1);
      return put(row, "header-name", place.header) && put(row, "header-value", place.prefix + secret);
    }
    const set = [...panel.querySelectorAll("[data-scheme]")].find((one) => one.dataset.scheme === place.scheme);
    if (set?.hidden) [...panel.querySelectorAll("[name=authentication]")].find((one) => JSON.parse(one.value).includes(place.scheme))?.click();
    if (place.form !== "basic") return put(set, place.form === "bearer" ? "token" : "value", secret);
    const [name, ...rest] = secret.split(":");
    return put(set, "username", name) && put(set, "password", rest.join(":"));
  };
  const handAll = () => {
    const said = document.querySelector("[data-secrets]");
    const panel = document.querySelector("#credentials");
    const text = box.value;
    box.value = "";
    const places = said && panel ? JSON.parse(said.dataset.secrets) : [];
    if (!places.length || !places.map((place) => hand(panel, text, place)).every(Boolean)) return;
    panel.closest("details").open = true;
    said.querySelector("[data-by-hand]").hidden = true;
    said.querySelector("[data-handed]").hidden = false;
  };

  if (box) {
    document.body.addEventListener("pasted", handAll);
    box.form.addEventListener("htmx:beforeOnLoad", (event) => {
      if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
      try { sessionStorage.setItem(KEY, box.value); } catch { event.preventDefault(); box.form.submit(); }
    });
    const form = document.querySelector("#request");
    if (carried && form) {
      form.dataset.pasting = "";
      box.value = carried;
      box.closest("details").open = true;
      document.addEventListener("DOMContentLoaded", () => htmx.trigger(box.form, "submit"), { once: true });
    }
  }
}
