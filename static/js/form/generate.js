// Fresh values on request: a UUID, the time now. They are written into the field, so snippet and
// Send have the same one.

// Where the page is not secure there is no randomUUID, but the address of a blob ends in one.
const uuid = () => crypto.randomUUID?.() ?? URL.createObjectURL(new Blob()).slice(-36);
/** @type {Record<string, () => string | number>} */
const MAKE = {
  uuid,
  now: () => new Date().toISOString().replace(/\.\d+/, ""),
  unix: () => Math.floor(Date.now() / 1000),
  millis: () => Date.now()
};

/** @param {any} button */
export const generate = (button) => {
  const [kind] = button.value.split(" ", 1);
  const input = button.parentElement.querySelector("input");
  input.value = MAKE[kind]();
  input.dispatchEvent(new Event("input", { bubbles: true }));
};
