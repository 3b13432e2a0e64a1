// Chosen files: they travel with Send only, and are there again where the form is redrawn.

const form = document.querySelector("#request");

/**
 * Replace files by their names and types. A file that becomes base64 text is left out: its text is
 * in the field.
 *
 * @param {FormData} data
 */
export const withoutFiles = (data) => {
  for (const name of new Set(data.keys())) {
    const values = data.getAll(name);
    if (!values.some((value) => value instanceof File)) continue;
    data.delete(name);
    if (name.endsWith("~bytes")) continue;
    for (const value of values) {
      if (!(value instanceof File)) data.append(name, value);
      else if (value.name) data.append(`${name}~file`, `${value.type} ${value.name}`);
    }
  }
};

if (form) {
  document.body.addEventListener("htmx:configRequest", ({ detail: { elt, formData } }) => {
    if (!elt.matches("[data-send]")) withoutFiles(formData);
  });

  // A file chosen where another alternative or media type is picked is there again on the way back.
  /** @type {Record<string, FileList>} */
  const chosen = {};
  document.body.addEventListener("htmx:beforeSwap", ({ detail: { target, requestConfig } }) => {
    if (requestConfig.elt.name === "~remove") return;
    for (const box of target?.querySelectorAll("[type=file]") ?? []) {
      if (box.files[0]) chosen[box.name] = box.files;
    }
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    for (const box of form.querySelectorAll("[type=file]")) {
      if (chosen[box.name] && !box.files[0]) box.files = chosen[box.name];
      delete chosen[box.name];
    }
  });
}
