"""What a browser stores, read and written behind the back of the page: scripts for `page.evaluate`."""

from __future__ import annotations

EVERYTHING = """async () => {
  const open = (name) => new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = (store) => new Promise((resolve) => {
    const request = store.getAll();
    request.onsuccess = () => resolve(request.result);
  });
  const kept = [{ ...sessionStorage }];
  for (const { name } of await indexedDB.databases()) {
    const database = await open(name);
    for (const store of database.objectStoreNames) {
      kept.push(await all(database.transaction(store).objectStore(store)));
    }
    database.close();
  }
  return JSON.stringify(kept);
}"""
"""What the tab and every database of the page hold, as one text."""
MADE_BEFORE = """([version, stores]) => new Promise((resolve) => {
  const request = indexedDB.open("playground", version);
  request.onupgradeneeded = () => stores.forEach((name) => request.result.createObjectStore(name));
  request.onsuccess = () => { request.result.close(); resolve(); };
})"""
"""Make the database of kept answers as another version would."""
WRITTEN = """([name, value, key]) => new Promise((resolve) => {
  const request = indexedDB.open("playground");
  request.onsuccess = () => {
    const transaction = request.result.transaction(name, "readwrite");
    transaction.objectStore(name).put(value, ...(key === undefined ? [] : [key]));
    transaction.oncomplete = () => { request.result.close(); resolve(); };
  };
})"""
"""Write a value into a store of that database, as nobody but a test does."""
UNAVAILABLE = {
    "there is none": "Object.defineProperty(window, 'indexedDB', { value: undefined })",
    "it is forbidden": "indexedDB.open = () => { throw new DOMException('no', 'SecurityError') }",
}
"""What takes a page's database away, by why it is not there."""
