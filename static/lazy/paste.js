// Paste anything: a pasted credential goes from the visitor's own box to the credentials panel, or to its own field where
// it has one (the server only says where in the box it stands).
let box;

const bytes = (text) => new TextDecoder().decode(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)));
const READ = { percent: decodeURIComponent, basic: bytes };
const put = (set, name, text) => { const input = set?.querySelector(`[data-part="${name}"]`); if (input) input.value = text; return Boolean(input); };
const intoField = (name, text) => {
  const input = [...document.getElementsByName(name)][0];
  if (!input) return false;
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
};
const hand = (panel, text, place) => {
  let secret = text.slice(place.from, place.to);
  try { secret = READ[place.how]?.(secret) ?? secret; } catch { return false; }
  if (place.input) return intoField(place.input, secret);
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
// The panel draws itself from storage as it opens, so what is pasted comes after that.
const opened = async (panel) => {
  const details = panel.closest("details");
  if (!details.open) {
    const toggled = new Promise((done) => { details.addEventListener("toggle", done, { once: true }); });
    details.open = true;
    await toggled;
  }
  await import(panel.dataset.script);
  await new Promise((done) => { setTimeout(done); });
};
const handAll = async () => {
  const said = document.querySelector("[data-secrets]");
  const panel = document.querySelector("#credentials");
  const text = box.value;
  box.value = "";
  const places = said && panel ? JSON.parse(said.dataset.secrets) : [];
  if (places.some((place) => !place.input)) await opened(panel);
  if (!places.length || !places.map((place) => hand(panel, text, place)).every(Boolean)) return;
  said.querySelector("[data-by-hand]").hidden = true;
  said.querySelector("[data-handed]").hidden = false;
};

export const start = (area, carried) => {
  box = area;
  document.body.addEventListener("pasted", handAll);
  // It was read before this script came.
  if (document.querySelector("[data-secrets]") && box.value) handAll();
  if (!carried) return;
  box.value = carried;
  htmx.trigger(box.form, "submit");
};
