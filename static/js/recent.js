// Operations visited lately: their names and nothing else, kept in this browser, drawn as the palette's first options.
"use strict";
{
  const KEY = "playground:recent";
  const MOST = 8;
  const group = document.querySelector("#palette-recent");
  const address = document.querySelector("#request")?.getAttribute("action")?.match(/^\/providers\/(.+)\/send$/);
  let here = null;
  try { here = address && decodeURIComponent(address[1]); } catch { /* an address that is none */ }
  const isName = (one) => typeof one === "string" && one.length < 300 && one.includes("/") && one.split("/").every((part) => part && part !== "." && part !== "..");
  const visited = () => {
    try {
      const names = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(names) ? [...new Set(names.filter(isName))].slice(0, MOST) : [];
    } catch { return []; }
  };
  const visit = (name) => {
    if (!isName(name)) return;
    try { localStorage.setItem(KEY, JSON.stringify([name, ...visited().filter((one) => one !== name)].slice(0, MOST))); } catch { /* not remembered */ }
  };
  const draw = (text) => {
    const words = text.toLowerCase().split(/\s+/);
    const names = visited().filter((name) => name !== here && words.every((word) => name.toLowerCase().includes(word)));
    const row = group.querySelector("template").content.firstElementChild;
    for (const one of group.querySelectorAll("[role=option]")) one.remove();
    for (const [place, name] of names.entries()) {
      const option = row.cloneNode(true);
      const cut = name.lastIndexOf("/");
      option.id = `palette-recent-${place}`;
      option.href = `/providers/${name.split("/").map(encodeURIComponent).join("/")}`;
      option.querySelector(".title").textContent = name.slice(cut + 1);
      option.querySelector(".path").textContent = name.slice(0, cut);
      group.append(option);
    }
    group.hidden = !names.length;
  };
  if (group) {
    if (here) visit(here);
    // In the capture phase: the options stand before the palette counts them.
    document.addEventListener("input", (event) => { if (event.target.id === "palette-field") draw(event.target.value.trim()); }, true);
  }
}
