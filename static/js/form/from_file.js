// A file that is read into a field is text from then on: shown, copied and sent as such.

/** @param {any} chooser Where a file was chosen. */
export const readFile = (chooser) => {
  const reader = new FileReader();
  reader.onload = () => {
    const url = /** @type {string} */ (reader.result);
    const box = chooser.closest(".from-file").previousElementSibling;
    box.value = url.slice(url.indexOf(",") + 1);
    chooser.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  reader.readAsDataURL(chooser.files[0]);
};
