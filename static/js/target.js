// The language of the snippets is remembered for the whole site.
"use strict";
{
  const KEY = "playground:target";
  const radios = [...document.querySelectorAll("[name=target]")];
  if (radios.length) {
    let saved = null;
    try { saved = localStorage.getItem(KEY); } catch { /* not remembered */ }
    const radio = radios.find((one) => one.value === saved);
    if (radio && !radio.checked) { radio.checked = true; htmx.trigger("#request", "refresh"); }
    document.addEventListener("change", (event) => {
      if (event.target.name !== "target") return;
      const more = event.target.closest("details");
      if (more) { more.open = false; more.querySelector("summary").focus(); }
      try { localStorage.setItem(KEY, event.target.value); } catch { /* not remembered */ }
    });
  }
}
