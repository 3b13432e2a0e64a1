// A Send under way: the button's state, an answer shown while it comes, Stop, and the message where
// none came.

const bar = document.querySelector(".send-bar");
const stop = bar?.querySelector("[data-stop]");
const pane = () => document.querySelector("#response");
/** @type {XMLHttpRequest | null} */
let request = null;
let stopped = false;

/** @param {XMLHttpRequest} xhr */
const end = (xhr) => {
  if (xhr !== request) return;
  request = null;
  delete bar.dataset.sending;
  if (document.activeElement === stop) document.querySelector("#send").focus();
  stop.hidden = true;
  const response = pane();
  response.removeAttribute("aria-busy");
  if (!stopped) return;
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "status");
  notice.textContent = stop.dataset.stop;
  if (response.dataset.live === undefined) response.replaceChildren(notice);
  else response.append(notice);
  delete response.dataset.live;
};

/** @param {number | undefined} status */
const fail = (status) => {
  const response = pane();
  const { content } = document.querySelector("#unreachable");
  response.replaceChildren(content.cloneNode(true));
  if (status) response.querySelector(".sentence").append(` (${status})`);
};

/** @param {any} detail Of htmx's event. */
const begin = (detail) => {
  const { xhr } = detail;
  request = xhr;
  stopped = false;
  // An answer that is being opened again comes too late, and this one whatever is opened meanwhile.
  htmx.trigger(pane().parentElement, "htmx:abort");
  xhr.addEventListener("readystatechange", () => {
    detail.target = pane();
  });
  delete pane().parentElement.dataset.stale;
  // For what is fetched with the first answer, and may come after the next Send: answer/earlier.js.
  bar.sent = { form: new FormData(bar.closest("form")), answer: [...pane().childNodes] };
  // Not htmx's own event at the end: it is sent to the button, and a button in the old answer is
  // gone by then.
  xhr.addEventListener("loadend", () => end(xhr));
  bar.dataset.sending = "";
  // What is asked for is shown.
  const both = document.querySelector(".panes [value=both]");
  if (document.querySelector(".panes [value=code]:checked")) both.checked = true;
  stop.hidden = false;
  pane().setAttribute("aria-busy", "true");
};

if (stop) {
  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.elt.matches("[data-send]")) begin(detail);
  });
  // An answer that takes its time is shown while it comes.
  document.body.addEventListener("htmx:xhr:progress", async ({ detail }) => {
    if (detail.loaded === undefined || request?.status !== 200 || request.readyState !== 3) return;
    const xhr = request;
    (await import(bar.dataset.views)).showPart(xhr);
  });
  stop.addEventListener("click", () => {
    stopped = true;
    request?.abort();
  });

  // A Send that failed takes the whole place of the answer: an old status beside it would look like
  // a success. The earlier answer is one click away (answer/earlier.js).
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(name, ({ detail: { elt, xhr } }) => {
      if (elt.matches("[data-send]")) fail(xhr?.status);
    });
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-retry]")) return;
    event.preventDefault();
    document.querySelector("#send").click();
  });

  // What is typed makes an answer the one to an earlier request (answer/earlier.js knows the rest).
  bar.closest("form").addEventListener("input", () => {
    if (pane().querySelector(".status-line, .failed")) pane().parentElement.dataset.stale = "";
  });

  // The server asks before it sends what somebody may not mean to.
  document.body.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
    const question = elt.id === "response" && elt.querySelector("dialog");
    if (!question) return;
    question.open = false;
    question.showModal();
  });
  // On a phone the answer is far below the button that asked for it.
  document.body.addEventListener("htmx:afterSettle", ({ detail: { elt, requestConfig } }) => {
    if (elt.id !== "response" || !requestConfig?.elt.matches("[data-send]")) return;
    if (document.documentElement.dataset.embed || !matchMedia("(max-width: 51.25rem)").matches)
      return;
    elt.closest(".output").scrollIntoView({ block: "nearest" });
  });
}
