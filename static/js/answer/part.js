// An answer that is still coming: the text that is new goes where it will stand at the end.

/** @param {XMLHttpRequest} xhr */
export const showPart = (xhr) => {
  if (xhr.readyState !== 3) return;
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const part = page.querySelector("#response");
  const text = part?.querySelector("#response-text")?.textContent;
  if (!part || text === undefined) return;
  const response = document.querySelector("#response");
  if (response.dataset.live === undefined) {
    response.dataset.live = "";
    response.replaceChildren(...part.childNodes);
  } else {
    const shown = response.querySelector("#response-text");
    shown.append(text.slice(shown.textContent.length));
  }
};
