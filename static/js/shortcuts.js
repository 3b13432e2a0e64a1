// Keyboard: Ctrl/Cmd+Enter sends, Ctrl/Cmd+K and / go to the search.
"use strict";
document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (command && event.key === "Enter") {
    const send = document.querySelector("#send");
    if (send && !send.disabled) { event.preventDefault(); send.click(); }
  } else if ((command && event.key.toLowerCase() === "k") || (event.key === "/" && !typing && !command && !event.altKey)) {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
});
