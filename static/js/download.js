// Download buttons: the text of the element named by data-download, as a file of the name it carries.
"use strict";
document.addEventListener("click", (event) => {
  const source = document.querySelector(event.target.closest("[data-download]")?.dataset.download ?? "#none");
  if (!source) return;
  const link = document.createElement("a");
  // A file of code ends with a line end; in a message written out, one more would be content.
  const end = /\.(txt|http)$/.test(source.dataset.filename) ? "" : "\n";
  link.href = source.src ?? URL.createObjectURL(new Blob([source.textContent, end], { type: "text/plain" }));
  link.download = source.dataset.filename || "snippet.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
