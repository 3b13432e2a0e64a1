// Paste anything: the content of a file that came with a request goes into the file's input.

/**
 * Return the name of the input and the file that a text of the server holds:
 * `<input name>~held <base64> <type> <file name>`.
 *
 * @param {string} text
 * @returns {[string, File]}
 */
export const fileIn = (text) => {
  const [, name, base64, type, filename] = /** @type {RegExpMatchArray} */ (
    text.match(/^(.*?)~held (\S*) (\S*) (.*)$/s)
  );
  const content = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
  return [name, new File([content], filename, { type })];
};

/** Put every pasted file into its input. */
export const fillFiles = () => {
  for (const held of /** @type {any} */ (document.querySelectorAll("#pasted [data-file]"))) {
    const [name, file] = fileIn(held.value);
    held.remove();
    const input = [.../** @type {any} */ (document.getElementsByName(name))].find(
      ({ type }) => type === "file"
    );
    if (!input) continue;
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.files = transfer.files;
    for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
  }
};
