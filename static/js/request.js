// The form: what htmx may send and when. Files travel with Send only; Send shows its state; focus goes where a row was added.
"use strict";
{
  const form = document.querySelector("#request");
  if (form) {
    const bar = document.querySelector(".send-bar");
    document.body.addEventListener("htmx:configRequest", (event) => {
      const { elt, formData } = event.detail;
      if (elt.matches("[data-send]")) return;
      for (const name of new Set(formData.keys())) {
        const values = formData.getAll(name);
        if (!values.some((value) => value instanceof File)) continue;
        formData.delete(name);
        for (const value of values) if (!(value instanceof File)) formData.append(name, value); else if (value.name) formData.append(`${name}~file`, `${value.type} ${value.name}`);
      }
    });
    document.body.addEventListener("htmx:beforeRequest", (event) => {
      if (!event.detail.elt.matches("[data-send]")) return;
      bar.dataset.sending = "";
      document.querySelector("#response").setAttribute("aria-busy", "true");
    });
    document.body.addEventListener("htmx:afterRequest", (event) => {
      if (!event.detail.elt.matches("[data-send]")) return;
      delete bar.dataset.sending;
      document.querySelector("#response").removeAttribute("aria-busy");
    });
    // A fragment that could not be fetched says so where its answer would stand.
    for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
      document.body.addEventListener(name, (event) => {
        if (!event.detail.elt.matches("[data-send]")) return;
        const text = document.querySelector("#unreachable").content.textContent.trim();
        const status = event.detail.xhr?.status;
        document.querySelector("#response .empty, #response .sentence, #response .panel")?.replaceChildren(status ? `${text} (${status})` : text);
      });
    }
    // What is about to be replaced takes no typing meanwhile: it would be lost with it.
    const held = (event) => event.detail.target?.closest("#request") ? event.detail.target.querySelectorAll("input, textarea") : [];
    document.body.addEventListener("htmx:beforeRequest", (event) => { for (const box of held(event)) box.readOnly = true; });
    document.body.addEventListener("htmx:afterRequest", (event) => { for (const box of held(event)) box.readOnly = false; });
    // A fragment that replaces what had the focus hands it on: to a new row, to the button that adds, to its own successor.
    const inputs = "input:not([type=hidden]), select, textarea, summary, button";
    const named = (name, value) => [...document.getElementsByName(name)].find((one) => value === undefined || one.value === value);
    document.body.addEventListener("htmx:beforeSwap", (event) => {
      if (event.detail.target?.contains(document.activeElement)) event.detail.requestConfig.before = document.activeElement;
    });
    document.body.addEventListener("htmx:afterSettle", (event) => {
      const { before, elt: { name, value } = {} } = event.detail.requestConfig ?? {};
      let target = null;
      if (name === "~add") target = named("~add", value)?.parentElement.previousElementSibling?.lastElementChild?.querySelector(inputs);
      else if (!before || document.contains(before) || document.activeElement !== document.body) return;
      else if (name === "~remove") target = named("~add", value.slice(0, value.lastIndexOf(" ")));
      else if (before.name) target = named(before.name, before.matches("select") ? undefined : before.value);
      (target ?? event.detail.elt.querySelector(before?.matches("summary") ? "summary" : inputs))?.focus();
    });
  }
}
