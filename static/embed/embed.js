// One line in somebody's page: <script src=".../embed.js" data-operation="stripe/postcheckoutsessionssession"></script>, or
// <try-it operation="..."> after it. Puts an iframe in its place that grows with what it shows and takes only a height from it.
// Needs no permission of a strict policy but script-src and frame-src for this site: nothing inline, no style element.
"use strict";
(() => {
  const script = document.currentScript;
  const site = new URL(script.src).origin;
  const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const channels = (color) => {
    const [, srgb, numbers] = /^(?:rgba?|color\((srgb))[( ]([^)]*)\)$/.exec(color) ?? [];
    const [red, green, blue, alpha = 1] = (numbers ?? "").split(/[\s,/]+/).filter(Boolean).map(Number);
    return blue === undefined || !alpha ? null : [red, green, blue].map((one) => Math.round(srgb ? one * 255 : one));
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  // What lies behind the element decides; where nothing is painted, what the page says about its colour schemes.
  const themeAround = (element) => {
    for (let one = element.parentElement; one; one = one.parentElement) {
      const ground = channels(getComputedStyle(one).backgroundColor);
      if (ground) return 0.299 * ground[0] + 0.587 * ground[1] + 0.114 * ground[2] < 128 ? "dark" : "light";
    }
    const schemes = getComputedStyle(document.documentElement).colorScheme.split(" ");
    return schemes.includes("dark") && (!schemes.includes("light") || system.matches) ? "dark" : "light";
  };

  class TryIt extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const option = (name) => (this.getAttribute(name) ?? "").trim();
      const options = new URLSearchParams();
      for (const name of ["panes", "server", "language"]) if (option(name)) options.set(name, option(name));
      const accent = option("accent") && this.colorOf(option("accent"));
      if (accent) options.set("accent", accent);
      const follows = option("theme") === "auto";
      let theme = follows ? themeAround(this) : option("theme");
      if (theme) options.set("theme", theme);
      const values = option("values");
      if (values) try { JSON.parse(values); } catch (error) { console.error(`try-it: the values of ${option("operation")} are not JSON: ${error.message}`); }

      const frame = document.createElement("iframe");
      frame.src = `${site}/embed/providers/${option("operation").split("/").map(encodeURIComponent).join("/")}${options.size ? `?${options}` : ""}${values ? `#args=${encode(values)}` : ""}`;
      const operation = option("operation");
      frame.title = option("title") || _(`Try ${operation}`);
      frame.loading = "lazy";
      frame.allow = "clipboard-write";
      frame.height = option("height") || "640";
      Object.assign(frame.style, { display: "block", width: "100%", border: "0", colorScheme: "normal" });
      this.style.display = "block";
      // A link inside the element is for browsers without scripts; the shadow tree stands in its place.
      this.attachShadow({ mode: "open" }).append(frame);

      addEventListener("message", (event) => {
        if (event.origin !== site || event.source !== frame.contentWindow || event.data?.type !== "playground:height") return;
        const height = Number(event.data.height);
        if (height > 0 && height < 50000) frame.height = String(Math.ceil(height));
      });
      if (!follows) return;
      let loaded = false;
      const tell = () => { if (loaded) frame.contentWindow.postMessage({ type: "playground:theme", theme }, site); };
      const look = () => { const now = themeAround(this); if (now !== theme) { theme = now; tell(); } };
      frame.addEventListener("load", () => { loaded = true; tell(); });
      system.addEventListener("change", look);
      const watch = new MutationObserver(look);
      for (const one of [document.documentElement, document.body]) watch.observe(one, { attributes: true });
    }

    // Any colour CSS knows, a variable of the page's own too: the accent of the page around.
    colorOf(color) {
      const before = this.style.color;
      this.style.color = color;
      const found = this.style.color && channels(getComputedStyle(this).color);
      this.style.color = before;
      return found && `#${found.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
    }
  }
  if (!customElements.get("try-it")) customElements.define("try-it", TryIt);
  if (script.dataset.operation) {
    const element = document.createElement("try-it");
    for (const [name, value] of Object.entries(script.dataset)) element.setAttribute(name, value);
    script.after(element);
  }
})();
