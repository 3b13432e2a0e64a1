// One line in somebody's page: <script src=".../embed.js" data-operation="stripe/postcheckoutsessionssession"></script>, or
// <try-it operation="..."> after it. Puts an iframe in its place that grows with what it shows; takes only a height from it.
"use strict";
(() => {
  const script = document.currentScript;
  const site = new URL(script.src).origin;
  const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

  class TryIt extends HTMLElement {
    connectedCallback() {
      if (this.firstChild) return;
      const option = (name) => this.getAttribute(name) ?? "";
      const options = new URLSearchParams();
      for (const name of ["theme", "panes"]) if (option(name)) options.set(name, option(name));
      const frame = document.createElement("iframe");
      const path = option("operation").split("/").map(encodeURIComponent).join("/");
      const values = option("values");
      frame.src = `${site}/embed/providers/${path}${options.size ? `?${options}` : ""}${values ? `#args=${encode(values)}` : ""}`;
      frame.title = option("title") || `Try ${option("operation")}`;
      frame.loading = "lazy";
      frame.style.cssText = "display:block;width:100%;border:0";
      frame.height = option("height") || "640";
      addEventListener("message", (event) => {
        if (event.origin !== site || event.source !== frame.contentWindow || event.data?.type !== "playground:height") return;
        const height = Number(event.data.height);
        if (height > 0 && height < 20000) frame.height = String(Math.ceil(height));
      });
      this.append(frame);
    }
  }
  if (!customElements.get("try-it")) customElements.define("try-it", TryIt);
  if (script.dataset.operation) {
    const element = document.createElement("try-it");
    for (const [name, value] of Object.entries(script.dataset)) element.setAttribute(name, value);
    script.after(element);
  }
})();
