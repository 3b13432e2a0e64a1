// Fresh values on request: a UUID, the time now. They are written into the field, so snippet and Send have the same one.
"use strict";
{
  const uuid = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((one, at) => (at === 6 ? (one & 15) | 64 : at === 8 ? (one & 63) | 128 : one).toString(16).padStart(2, "0"));
    return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const MAKE = { uuid, now: () => new Date().toISOString().replace(/\.\d+/, ""), unix: () => Math.floor(Date.now() / 1000), millis: () => Date.now() };
  document.addEventListener("click", (event) => {
    const button = event.target.closest('[name="~new"]');
    if (!button) return;
    event.preventDefault();
    const input = button.parentElement.querySelector("input");
    input.value = MAKE[button.value.split(" ", 1)[0]]();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
