// One line in somebody's page: <script src=".../embed.js"
// data-operation="stripe/postcheckoutsessionssession"></script>, or <try-it operation="..."> after
// it. Puts an iframe in its place that grows with what it shows and takes only a height from it.
// Needs no permission of a strict policy but script-src and frame-src for this site: nothing
// inline, no style element.
import { toBase64url } from "../lib/base64.js";
import { channelsOf, hexOf, isDark } from "./colors.js";

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const site = new URL(script.src).origin;
const folder = new URL(".", script.src).href;
const system = matchMedia("(prefers-color-scheme: dark)");
/** Milliseconds after its load in which a frame tells its height, if the site lets it be shown. */
const PATIENCE = 1500;

/**
 * Return the theme of the page around an element: what lies behind it decides; where nothing is
 * painted, what the page says about its colour schemes.
 *
 * @param {Element} element
 */
const themeAround = (element) => {
  for (let behind = element.parentElement; behind; behind = behind.parentElement) {
    const ground = channelsOf(getComputedStyle(behind).backgroundColor);
    if (ground) return isDark(ground) ? "dark" : "light";
  }
  const schemes = getComputedStyle(document.documentElement).colorScheme.split(" ");
  if (!schemes.includes("dark")) return "light";
  return !schemes.includes("light") || system.matches ? "dark" : "light";
};

/**
 * Return any colour CSS knows as hexadecimal digits, a variable of the page's own too: the accent
 * of the page around.
 *
 * @param {HTMLElement} element
 * @param {string} color
 */
const hexIn = (element, color) => {
  const before = element.style.color;
  element.style.color = color;
  const channels = element.style.color && channelsOf(getComputedStyle(element).color);
  element.style.color = before;
  return channels && hexOf(channels);
};

/**
 * @param {string} operation
 * @param {string} values
 */
const checkValues = (operation, values) => {
  try {
    JSON.parse(values);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    console.error(`try-it: the values of ${operation} are not JSON: ${message}`);
  }
};

class TryIt extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const follows = this.option("theme") === "auto";
    const theme = follows ? themeAround(this) : this.option("theme");
    const frame = this.frameOf(theme);
    this.style.display = "block";
    // The element's own content, a link, is for browsers without scripts and for pages that the
    // site refuses: the shadow tree shows it only then.
    const fallback = this.fallback();
    this.attachShadow({ mode: "open" }).append(frame, fallback);
    let isHeard = false;
    addEventListener("message", ({ origin, source, data }) => {
      if (origin !== site || source !== frame.contentWindow) return;
      if (data?.type !== "playground:height") return;
      const height = Number(data.height);
      if (height > 0 && height < 50000) frame.height = String(Math.ceil(height));
      isHeard = true;
      showFrame(true);
    });
    /** @param {boolean} isShown */
    const showFrame = (isShown) => {
      fallback.hidden = isShown;
      // Only some browsers tell a frame which page is around it; elsewhere one that is not refused
      // may be silent.
      const isGone = !isShown && "ancestorOrigins" in location;
      // Out of the way and unseen, but laid out: one that is only late still tells its height.
      frame.style.position = isGone ? "fixed" : "";
      frame.style.visibility = isGone ? "hidden" : "";
    };
    frame.addEventListener("load", () => {
      setTimeout(() => isHeard || showFrame(false), PATIENCE);
    });
    if (follows) this.followTheme(frame, theme);
  }

  /** @param {string} name */
  option(name) {
    return (this.getAttribute(name) ?? "").trim();
  }

  /** @param {string} theme */
  addressOf(theme) {
    const operation = this.option("operation");
    const options = new URLSearchParams();
    for (const name of ["panes", "server", "language"]) {
      if (this.option(name)) options.set(name, this.option(name));
    }
    const accent = this.option("accent") && hexIn(this, this.option("accent"));
    if (accent) options.set("accent", accent);
    if (theme) options.set("theme", theme);
    const values = this.option("values");
    if (values) checkValues(operation, values);
    const path = operation.split("/").map(encodeURIComponent).join("/");
    const query = options.size ? `?${options}` : "";
    const fragment = values ? `#args=${toBase64url(values)}` : "";
    return `${folder}embed/providers/${path}${query}${fragment}`;
  }

  /** Return what replaces a frame that the site refuses: the content of the element. */
  fallback() {
    const slot = document.createElement("slot");
    const link = document.createElement("a");
    const operation = this.option("operation");
    link.href = `${site}/providers/${operation.split("/").map(encodeURIComponent).join("/")}`;
    link.textContent = _(`Try ${operation}`);
    slot.append(link);
    slot.hidden = true;
    return slot;
  }

  /** @param {string} theme */
  frameOf(theme) {
    const operation = this.option("operation");
    const frame = document.createElement("iframe");
    frame.src = this.addressOf(theme);
    frame.title = this.option("title") || _(`Try ${operation}`);
    frame.loading = "lazy";
    frame.allow = "clipboard-write";
    frame.height = this.option("height") || "640";
    const style = { display: "block", width: "100%", border: "0", colorScheme: "normal" };
    Object.assign(frame.style, style);
    return frame;
  }

  /**
   * @param {HTMLIFrameElement} frame
   * @param {string} theme
   */
  followTheme(frame, theme) {
    let isLoaded = false;
    const tell = () => {
      if (isLoaded) frame.contentWindow?.postMessage({ type: "playground:theme", theme }, site);
    };
    const look = () => {
      const now = themeAround(this);
      if (now === theme) return;
      theme = now;
      tell();
    };
    frame.addEventListener("load", () => {
      isLoaded = true;
      tell();
    });
    system.addEventListener("change", look);
    const watch = new MutationObserver(look);
    for (const element of [document.documentElement, document.body]) {
      watch.observe(element, { attributes: true });
    }
  }
}

if (!customElements.get("try-it")) customElements.define("try-it", TryIt);
if (script.dataset.operation) {
  const element = document.createElement("try-it");
  for (const [name, value] of Object.entries(script.dataset)) {
    element.setAttribute(name, value ?? "");
  }
  script.after(element);
}
