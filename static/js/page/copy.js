// Copy buttons: copies the text of the element named by data-copy, says _("Copied") for a moment.

/** @param {string} text */
const write = async (text) => {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
};

// A link that was made for an operation goes on to what it has become.
for (const link of document.querySelectorAll("[data-keeps-hash]")) link.hash = location.hash;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const source = button && document.querySelector(button.dataset.copy);
  if (!source) return;
  const label = button.querySelector("[data-label]");
  const before = (button.dataset.before ??= label.textContent);
  try {
    await write(source.textContent);
    label.textContent = _("Copied");
  } catch {
    label.textContent = _("Press Ctrl+C");
    getSelection()?.selectAllChildren(source);
  }
  setTimeout(() => {
    label.textContent = before;
  }, 1600);
  button.focus();
});
