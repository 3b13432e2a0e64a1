// Scenarios: kept in this browser as texts, made from forms, played step by step. Numbers are never parsed here, so they
// keep their spelling; the server reads and writes scenarios. Loaded only where a scenario is made, shown or played.
const KEPT = "playground:scenarios";
const PLAY = "playground:play";
const MOST = 50;
const page = document.querySelector(".scenarios");
const form = document.querySelector("#request");

const read = (storage, key) => { try { return JSON.parse(storage().getItem(key)); } catch { return null; } };
const write = (storage, key, value) => { try { storage().setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
// Named as functions: where storage is forbidden, naming it throws.
const local = () => localStorage;
const tab = () => sessionStorage;

let memory = null;
const kept = () => {
  const found = memory ?? read(local, KEPT);
  return (Array.isArray(found) ? found : []).filter((one) => typeof one?.id === "string" && typeof one.text === "string").slice(0, MOST);
};
const keep = (scenarios) => { memory = write(local, KEPT, scenarios) ? null : scenarios; };
// `typed` is what stands in the page's fields: kept at every key, long before the server has put it into the text.
const put = (id, text, typed) => keep([{ id, text, typed }, ...kept().filter((one) => one.id !== id)]);
const typedOf = (one) => (Array.isArray(one?.typed) ? one.typed : []).filter((pair) => Array.isArray(pair) && pair.every((part) => typeof part === "string"));
const ask = async (address, pairs) => {
  const response = await fetch(address, { method: "POST", body: new URLSearchParams(pairs) });
  const text = await response.text();
  if (!response.ok) throw new Error(text.slice(0, 300));
  return { text, steps: response.headers.get("X-Playground-Steps") };
};
const title = (one) => { try { return typedOf(one).find(([name]) => name === "title")?.[1] || JSON.parse(one.text).title || _("Untitled"); } catch { return _("Untitled"); } };
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const decode = (text) => new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0)));

// Demo mode: secrets blurred, large type, calm surroundings; boot.js sets it before the first paint.
const DEMO = "playground:demo";
const isDemo = () => document.documentElement.dataset.demo === "large";
const showDemo = () => { for (const button of document.querySelectorAll("[data-demo-mode]")) button.setAttribute("aria-pressed", String(isDemo())); };
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-demo-mode]")) return;
  const root = document.documentElement;
  if (isDemo()) delete root.dataset.demo; else root.dataset.demo = "large";
  try { if (isDemo()) localStorage.setItem(DEMO, "large"); else localStorage.removeItem(DEMO); } catch { /* for this page */ }
  showDemo();
  root.style.setProperty("--bar", `${document.querySelector("#play-bar")?.offsetHeight ?? 0}px`);
});
document.body.addEventListener("htmx:afterSettle", showDemo);

// On an operation's page: what the form says becomes a step of the scenario used last.
export const add = async (button) => {
  const event = new CustomEvent("playground:collect", { detail: { pairs: [] } });
  form.dispatchEvent(event);
  const label = button.querySelector("[data-label]");
  const last = kept()[0];
  try {
    const typed = typedOf(last);
    const before = typed.length ? (await ask("/scenarios/file", [["scenario", last.text], ...typed])).text : last?.text ?? "";
    const { text, steps } = await ask(`${form.dataset.action}/step`, [...event.detail.pairs, ["~scenario", before]]);
    put(last?.id ?? newId(), text);
    label.textContent = _(`Added as step ${steps}`);
    document.querySelector("[data-scenario-link]").hidden = false;
  } catch (error) {
    label.textContent = error.message || _("Not added");
  }
};

// While a scenario is played: the bar of the step, the form filled, values taken from the answer.
const playing = () => {
  const play = read(tab, PLAY);
  return play && typeof play.text === "string" && Number.isInteger(play.index) ? play : null;
};
const drawBar = async (more = {}) => {
  const play = playing();
  if (!play) return;
  let bar = document.querySelector("#play-bar");
  if (!bar) {
    bar = document.createElement("aside");
    bar.id = "play-bar";
    document.body.append(bar);
  }
  const values = { scenario: play.text, index: play.index, values: play.values ?? "", ...more };
  await htmx.ajax("POST", "/scenarios/play", { source: bar, target: bar, swap: "outerHTML", values });
  bar = document.querySelector("#play-bar");
  const root = document.documentElement;
  root.dataset.playing = "";
  root.style.setProperty("--bar", `${bar.offsetHeight}px`);
  if (bar.dataset.values) write(tab, PLAY, { ...play, values: bar.dataset.values });
};
export const play = async () => {
  await drawBar();
  const { arguments: given, server, mediaType } = document.querySelector("#play-bar")?.dataset ?? {};
  if (given === undefined) return;
  const values = { "~arguments": given };
  if (server) values.server = server;
  if (mediaType) values.media_type = mediaType;
  htmx.ajax("POST", `${form.dataset.action}/form`, { target: "#form-card", swap: "outerHTML", values });
};
const go = (text, index, href) => {
  write(tab, PLAY, { text, index, values: index ? playing()?.values : "" });
  if (new URL(href, location.href).pathname === location.pathname) { location.hash = "#step"; location.reload(); } else location.assign(href);
};
document.addEventListener("click", (event) => {
  const bar = event.target.closest("#play-bar");
  if (!bar) return;
  const step = event.target.closest("[data-play]");
  const { text } = playing() ?? {};
  if (step && text) {
    event.preventDefault();
    go(text, Number(step.dataset.play), step.href);
  } else if (event.target.closest("[data-leave]")) {
    try { sessionStorage.removeItem(PLAY); } catch { /* nothing was kept */ }
  }
});
if (form) {
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const bar = document.querySelector("#play-bar");
    if (bar?.dataset.takes === undefined || event.detail.target?.id !== "response" && event.detail.elt?.id !== "response") return;
    const answer = document.querySelector("#response-text");
    if (answer) drawBar({ answer: answer.textContent });
  });
}

// The page of scenarios.
if (page) {
  let id = null, next = null; // of the scenario that is shown, and of the one under way
  let sent = "", taken = ""; // the fields as last sent, and as they stand in the text
  const shown = () => page.querySelector("[data-scenario]");
  const fields = () => [...new FormData(shown())].filter(([name, value]) => name !== "scenario" && typeof value === "string");
  const spelled = () => JSON.stringify(fields());
  const list = () => {
    const nav = page.querySelector(".scenario-kept");
    const scenarios = kept();
    nav.hidden = !scenarios.length;
    nav.querySelector("ul").replaceChildren(...scenarios.map((one) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = title(one);
      if (one.id === id) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => open(one));
      item.append(button);
      return item;
    }));
  };
  const open = (one) => {
    next = one.id ?? null;
    return htmx.ajax("POST", "/scenarios", { source: page, target: "#scenario", swap: "outerHTML", values: { ...Object.fromEntries(typedOf(one)), scenario: one.text } });
  };
  const current = () => shown()?.elements.scenario.value ?? "";
  const save = () => { if (shown()) put((id ??= newId()), current(), fields()); };
  const update = () => { save(); list(); };
  page.addEventListener("input", ({ target }) => { if (target.form === shown()) update(); });
  addEventListener("pagehide", () => { if (shown() && spelled() !== taken) save(); });
  const isOurs = (detail) => detail.elt === page || page.contains(detail.elt) || detail.target?.id === "scenario";
  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => { if (isOurs(detail) && shown()) sent = spelled(); });
  // What is typed while the answer is under way goes into the fields that come with it.
  let late = [];
  document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!isOurs(detail) || !shown() || detail.requestConfig.elt === page || /^~/.test(detail.requestConfig.elt.name ?? "")) return;
    const before = new Map(sent && JSON.parse(sent));
    late = fields().filter(([name, value]) => before.get(name) !== value);
  });
  document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (!isOurs(detail)) return;
    if (detail.elt === page || detail.requestConfig?.elt === page) id = next;
    if (detail.target?.id === "scenario-text") taken = sent; else if (shown()) taken = spelled();
    for (const [name, value] of late) if (shown()?.elements[name]) shown().elements[name].value = value;
    late = [];
    update();
  });
  page.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    const { play: index, print, forget, link } = button?.dataset ?? {};
    if (shown() && [index, print, link].some((one) => one !== undefined) && spelled() !== taken) {
      // What was typed a moment ago belongs to it: the server reads it first, then the same button is pressed again.
      event.preventDefault();
      event.stopImmediatePropagation();
      const name = Object.keys(button.dataset).find((one) => ["play", "print", "link"].includes(one));
      await open({ id, text: current(), typed: fields() });
      if (!page.querySelector("#scenario-problem .notice")) page.querySelector(`[data-${name}="${button.dataset[name]}"]`)?.click();
      return;
    }
    if (index !== undefined) {
      const step = page.querySelector(`#step-${Number(index) + 1} a.path`);
      if (step) go(current(), Number(index), `${step.href}#step`);
    }
    if (print !== undefined) window.print();
    if (link !== undefined) page.querySelector("#scenario-link").textContent = `${location.origin}/scenarios#v1=${encode(current())}`;
    if (forget !== undefined) {
      keep(kept().filter((one) => one.id !== id));
      id = null;
      shown().remove();
      list();
    }
  }, { capture: true });
  const linked = /^#v1=([\w-]+)$/.exec(location.hash);
  let text = null;
  try { text = linked && decode(linked[1]); } catch { /* a broken link opens nothing */ }
  if (text !== null) {
    history.replaceState(null, "", location.pathname);
    open({ id: kept().find((one) => one.text.trim() === text.trim())?.id, text });
  } else if (shown()) { taken = spelled(); update(); }
  else if (kept()[0]) open(kept()[0]);
  list();
}
