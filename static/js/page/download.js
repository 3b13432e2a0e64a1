// Download buttons: the text of the element named by data-download, as a file of the name it
// carries.

document.addEventListener("click", (event) => {
  const selector = event.target.closest("[data-download]")?.dataset.download;
  const source = selector && document.querySelector(selector);
  if (!source) return;
  const name = source.dataset.filename;
  const link = document.createElement("a");
  // A file of code ends with a line end; in a message written out, one more would be content.
  const end = /\.(txt|http)$/.test(name) ? "" : "\n";
  const text = () => new Blob([source.textContent, end], { type: "text/plain" });
  link.href = source.src ?? URL.createObjectURL(text());
  link.download = name || "snippet.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
