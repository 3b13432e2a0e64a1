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
const put = (id, text) => keep([{ id, text }, ...kept().filter((one) => one.id !== id)]);
const title = (text) => { try { return JSON.parse(text).title || "Untitled"; } catch { return "Untitled"; } };
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
  const body = new URLSearchParams([...event.detail.pairs, ["~scenario", last?.text ?? ""]]);
  try {
    const response = await fetch(`${form.dataset.action}/step`, { method: "POST", body });
    const text = await response.text();
    if (!response.ok) throw new Error(text.slice(0, 300));
    put(last?.id ?? newId(), text);
    label.textContent = `Added as step ${response.headers.get("X-Playground-Steps")}`;
    document.querySelector("[data-scenario-link]").hidden = false;
  } catch (error) {
    label.textContent = error.message || "Not added";
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
  let id = null;
  const shown = () => page.querySelector("[data-scenario]");
  const list = () => {
    const nav = page.querySelector(".scenario-kept");
    const scenarios = kept();
    nav.hidden = !scenarios.length;
    nav.querySelector("ul").replaceChildren(...scenarios.map((one) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = title(one.text);
      if (one.id === id) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => { id = one.id; open(one.text); });
      item.append(button);
      return item;
    }));
  };
  const open = (text) => htmx.ajax("POST", "/scenarios", { target: "#scenario", swap: "outerHTML", values: { scenario: text } });
  const current = () => shown()?.elements.scenario.value ?? "";
  const update = () => {
    if (shown()) put((id ??= newId()), current());
    list();
  };
  document.body.addEventListener("htmx:afterSettle", (event) => { if (event.detail.elt?.id?.startsWith("scenario")) update(); });
  page.addEventListener("click", (event) => {
    const { play: index, print, forget, link } = event.target.closest("button")?.dataset ?? {};
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
    id = kept().find((one) => one.text.trim() === text.trim())?.id ?? null;
    history.replaceState(null, "", location.pathname);
    open(text);
  } else if (shown()) update();
  else if (kept()[0]) { id = kept()[0].id; open(kept()[0].text); }
  list();
}
