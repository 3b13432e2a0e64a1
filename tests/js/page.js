// As much of a page as the modules under test ask for: messages in English, and a storage.

globalThis._ = (text) => text;

/** A storage that holds texts; it throws where a browser would. */
export const fakeStorage = ({ isFull = false, isForbidden = false } = {}) => {
  const texts = new Map();
  const check = () => {
    if (isForbidden) throw new Error("forbidden");
  };
  return {
    texts,
    getItem: (key) => (check(), texts.get(key) ?? null),
    setItem: (key, text) => {
      check();
      if (isFull) throw new Error("full");
      texts.set(key, String(text));
    },
    removeItem: (key) => (check(), texts.delete(key))
  };
};

/** Give the modules a browser's storages. */
export const setStorage = ({ tab = fakeStorage(), browser = fakeStorage() } = {}) => {
  globalThis.window = { sessionStorage: tab, localStorage: browser };
  return { tab, browser };
};
