// The language of the snippets is remembered for the whole site; a changed snippet is told to a screen reader, politely.
"use strict";
{
  const KEY = "playground:target";
  const radios = [...document.querySelectorAll("[name=target]")];
  // Until the remembered language's code is there, no other is shown (for a moment at most: css/blocks/tryit.css).
  const shown = () => { delete document.documentElement.dataset.recalls; };
  if (!radios.length) shown();
  else {
    let saved = null;
    // The page around a frame may have chosen one; it goes before what is remembered.
    try { saved = document.documentElement.dataset.language ?? localStorage.getItem(KEY); } catch { /* not remembered */ }
    const radio = radios.find((one) => one.value === saved);
    document.body.addEventListener("htmx:afterSwap", shown, { once: true });
    if (radio && !radio.checked) { radio.checked = true; htmx.trigger(radio.form, "refresh"); } else shown();
    const menu = document.querySelector(".more-targets");
    const filter = menu?.querySelector("[data-filter-languages]");
    const labels = menu ? [...menu.querySelectorAll("label")] : [];
    filter?.addEventListener("input", () => {
      const words = filter.value.toLowerCase().split(/\s+/);
      for (const label of labels) label.hidden = !words.every((word) => label.textContent.toLowerCase().includes(word));
    });
    filter?.addEventListener("keydown", (event) => {
      const first = event.key === "Enter" && labels.find((label) => !label.hidden);
      if (first) { event.preventDefault(); first.querySelector("input").click(); }
    });
    menu?.addEventListener("toggle", () => { if (menu.open) filter.focus(); });
    menu?.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); }
      // Who types at once is ahead of the event that tells that the list is open; the letter goes where the focus is by then.
      else if (menu.open && /^[\p{L}\d]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) filter.focus();
    });
    // One live region: at once for another language, else when typing has paused and the code is another.
    const told = document.querySelector("#snippet-said");
    const code = () => document.querySelector("#snippet-text").textContent;
    let before = code(), chosen = "", waiting;
    document.body.addEventListener("htmx:afterSettle", () => {
      if (code() === before) return;
      before = code();
      clearTimeout(waiting);
      told.textContent = "";
      waiting = setTimeout(() => { told.textContent = chosen ? _(`Code snippet ${chosen}`) : _("Code snippet updated"); chosen = ""; }, chosen ? 300 : 2000);
    });
    document.addEventListener("change", (event) => {
      if (event.target.name !== "target") return;
      chosen = event.target.parentElement.textContent;
      const more = event.target.closest("details");
      if (more) { more.open = false; more.querySelector("summary").focus(); }
      try { localStorage.setItem(KEY, event.target.value); } catch { /* not remembered */ }
    });
  }
}
