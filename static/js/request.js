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
        if (name.endsWith("~bytes")) continue;
        for (const value of values) if (!(value instanceof File)) formData.append(name, value); else if (value.name) formData.append(`${name}~file`, `${value.type} ${value.name}`);
      }
    });
    const stop = bar.querySelector("[data-stop]");
    let under, stopped;
    document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
      if (!detail.elt.matches("[data-send]")) return;
      under = detail;
      stopped = false;
      // Not htmx's own event at the end: it is sent to the button, and a button in the old answer is gone by then.
      detail.xhr.addEventListener("loadend", () => ended(detail.xhr));
      bar.dataset.sending = "";
      stop.hidden = false;
      document.querySelector("#response").setAttribute("aria-busy", "true");
    });
    // An answer that takes its time is shown while it comes: the text that is new goes where it will stand at the end.
    document.body.addEventListener("htmx:xhr:progress", ({ detail }) => {
      if (!under || detail.loaded === undefined || under.xhr.status !== 200 || under.xhr.readyState !== 3) return;
      const come = new DOMParser().parseFromString(under.xhr.responseText, "text/html").querySelector("#response");
      const text = come?.querySelector("#response-text")?.textContent;
      if (text === undefined) return;
      const pane = document.querySelector("#response");
      if (pane.dataset.live === undefined) {
        pane.dataset.live = "";
        pane.replaceChildren(...come.childNodes);
      } else {
        const shown = pane.querySelector("#response-text");
        shown.append(text.slice(shown.textContent.length));
      }
    });
    stop.addEventListener("click", () => { stopped = true; under?.xhr.abort(); });
    const ended = (xhr) => {
      if (xhr !== under?.xhr) return;
      under = null;
      delete bar.dataset.sending;
      if (document.activeElement === stop) document.querySelector("#send").focus();
      stop.hidden = true;
      const pane = document.querySelector("#response");
      pane.removeAttribute("aria-busy");
      if (!stopped) return;
      const said = Object.assign(document.createElement("p"), { className: "notice", textContent: stop.dataset.stop });
      said.setAttribute("role", "status");
      if (pane.dataset.live === undefined) pane.replaceChildren(said); else pane.append(said);
      delete pane.dataset.live;
    };
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
    // The raw text of a form comes with each snippet; not for who has left the form, whose text is on its way.
    document.body.addEventListener("htmx:oobBeforeSwap", (event) => { if (event.detail.target.id === "body-raw" && form.querySelector("[name='body~mode'][value=raw]").checked) event.preventDefault(); });
    // What is to be checked stands beside its field as well.
    const tell = () => {
      for (const old of form.querySelectorAll(".problem")) old.remove();
      for (const box of form.querySelectorAll("[aria-invalid]")) { box.removeAttribute("aria-invalid"); box.setAttribute("aria-describedby", `${box.id}-help`); }
      for (const link of document.querySelectorAll("#problems [data-beside]")) {
        const box = document.getElementById(link.hash.slice(1));
        if (!box) continue;
        const text = Object.assign(document.createElement("p"), { className: "problem", id: `${box.id}-problem`, textContent: link.nextElementSibling.textContent });
        if (!box.name) { (box.querySelector(".control") ?? box).append(text); continue; }
        box.after(text);
        box.ariaInvalid = "true";
        box.setAttribute("aria-describedby", `${text.id} ${box.id}-help`);
      }
    };
    document.body.addEventListener("htmx:afterSettle", tell);
    // On a phone the answer stands far below the button that asked for it.
    document.body.addEventListener("htmx:afterSettle", ({ detail: { elt, requestConfig } }) => {
      if (elt.id === "response" && requestConfig?.elt.matches("[data-send]") && !document.documentElement.dataset.embed && matchMedia("(max-width: 51.25rem)").matches) elt.closest(".output").scrollIntoView({ block: "nearest" });
    });
    // A file read into a field is text from then on: shown, copied and sent as it stands there.
    form.addEventListener("change", ({ target }) => {
      const file = target.matches("[data-bytes]") && target.files[0];
      if (!file) return;
      const reader = new FileReader();
      reader.onload = () => {
        const box = target.closest(".from-file").previousElementSibling;
        box.value = reader.result.slice(reader.result.indexOf(",") + 1);
        target.value = "";
        box.dispatchEvent(new Event("input", { bubbles: true }));
      };
      reader.readAsDataURL(file);
    });
    // A fragment that replaces what had the focus hands it on: to a new row, to the button that adds, to its own successor.
    const inputs = "input:not([type=hidden]), select, textarea, summary, button";
    const named = (name, value) => [...document.getElementsByName(name)].find((one) => value === undefined || one.value === value);
    const files = {};
    document.body.addEventListener("htmx:beforeSwap", ({ detail: { target, requestConfig } }) => {
      if (target?.contains(document.activeElement)) requestConfig.before = document.activeElement;
      // A file chosen where another alternative or media type is picked is there again on the way back.
      if (requestConfig.elt.name !== "~remove") for (const box of target?.querySelectorAll("[type=file]") ?? []) if (box.files[0]) files[box.name] = box.files;
    });
    document.body.addEventListener("htmx:afterSwap", () => {
      for (const box of form.querySelectorAll("[type=file]")) {
        if (files[box.name] && !box.files[0]) box.files = files[box.name];
        delete files[box.name];
      }
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
