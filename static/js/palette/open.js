// The palette opens: by Ctrl/Cmd+K, / or the header's search. The rest of it (palette.js) is
// fetched then; what is typed meanwhile stands in its field.
import { isTyping, singleKeysWork } from "../page/keys.js";

const dialog = document.querySelector("#palette");
const field = document.querySelector("#palette-field");
const header = document.querySelector("[data-search]");

const open = async (text = "") => {
  if (dialog.open) return dialog.close();
  dialog.showModal();
  field.value = text;
  field.focus();
  (await import(dialog.dataset.script)).opened();
};
header?.addEventListener("click", () => open(header.value));
header?.addEventListener("input", () => {
  if (dialog.open) return;
  const text = header.value;
  header.value = "";
  open(text);
});
document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  const slash = event.key === "/" && !isTyping(event) && !command && !event.altKey;
  const asked = (command && event.key.toLowerCase() === "k") || (slash && singleKeysWork());
  if (asked && dialog) {
    event.preventDefault();
    open();
  }
});
