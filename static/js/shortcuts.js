// Keyboard: Ctrl/Cmd+Enter sends, from wherever one types.
"use strict";
document.addEventListener("keydown", (event) => {
  const send = (event.ctrlKey || event.metaKey) && event.key === "Enter" && document.querySelector("#send");
  if (send && !send.disabled) { event.preventDefault(); send.click(); }
});
