// The browser's history of answers: heads to list, records to show again, in IndexedDB. What was
// kept longest ago goes first; what is pinned stays.
import { readHead } from "./broken.js";

/** @typedef {[name: string, value: string]} Pair */
/**
 * @typedef {object} Head What a list tells of an answer.
 * @property {number} [id]
 * @property {string} operation `provider/operation`
 * @property {string} at
 * @property {string} title
 * @property {string} method
 * @property {string} url
 * @property {number} status
 * @property {string} origin
 * @property {number} length Characters of the record.
 * @property {string} start The beginning of the answer, for searching.
 * @property {string} digest
 * @property {Pair[]} pairs
 * @property {boolean} [pinned]
 * @property {string} [name]
 */

const DATABASE = "playground";
const HEADS = "heads";
const RECORDS = "records";
export const MOST_KEPT = 200;
export const MOST_CHARACTERS = 40_000_000;

/**
 * Return the ids of what has to go, so that what is left is within the bounds.
 *
 * @param {Head[]} heads
 */
export const beyondBounds = (heads) => {
  const newestFirst = [...heads].sort((one, other) => (other.id ?? 0) - (one.id ?? 0));
  let count = 0;
  let characters = 0;
  /** @type {number[]} */
  const gone = [];
  for (const pinned of [true, false]) {
    for (const head of newestFirst.filter((one) => Boolean(one.pinned) === pinned)) {
      count += 1;
      characters += head.length;
      if (count > MOST_KEPT || characters > MOST_CHARACTERS) gone.push(head.id ?? 0);
    }
  }
  return gone;
};

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @type {Promise<IDBDatabase> | undefined} */
let opened;
const forget = () => {
  opened = undefined;
};
/** @returns {Promise<IDBDatabase>} */
const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(HEADS, { keyPath: "id", autoIncrement: true });
      request.result.createObjectStore(RECORDS);
    };
    request.onsuccess = () => {
      const found = request.result;
      // Another tab that erases or changes the database does not wait for this one.
      found.onversionchange = () => {
        found.close();
        forget();
      };
      found.onclose = forget;
      resolve(found);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
const database = () => {
  // What failed is tried again the next time: somebody may have made room.
  opened ??= open().catch((error) => {
    forget();
    throw error;
  });
  return opened;
};

/**
 * Run something on both stores as one transaction.
 *
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(heads: IDBObjectStore, records: IDBObjectStore) => Promise<T>} work
 */
const transact = async (mode, work) => {
  const stores = [HEADS, RECORDS];
  const begin = async () => (await database()).transaction(stores, mode);
  const transaction = await begin().catch((error) => {
    if (error.name !== "InvalidStateError") throw error;
    // Another tab has closed it meanwhile.
    forget();
    return begin();
  });
  const ended = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  // What fails inside ends the transaction, which then says why.
  ended.catch(() => undefined);
  const result = await work(transaction.objectStore(HEADS), transaction.objectStore(RECORDS));
  await ended;
  return result;
};

/** @returns {Promise<{ heads: Head[], broken: number }>} Newest first; how many are rubbish. */
export const keptList = async () => {
  const all = await transact("readonly", (heads) => done(heads.getAll()));
  const heads = all.reverse().flatMap((one) => readHead(one) ?? []);
  return { heads, broken: all.length - heads.length };
};

/**
 * @param {number} id
 * @returns {Promise<string | undefined>}
 */
export const keptRecord = async (id) => {
  const record = await transact("readonly", (_heads, records) => done(records.get(id)));
  return record === undefined || typeof record === "string" ? record : "";
};

/** @param {number[]} ids */
export const removeKept = (ids) =>
  transact("readwrite", async (heads, records) => {
    await Promise.all(ids.flatMap((id) => [done(heads.delete(id)), done(records.delete(id))]));
  });

/**
 * Keep an answer and return its id.
 *
 * @param {Head} head
 * @param {string} record
 */
export const keepAnswer = async (head, record) => {
  const id = await transact("readwrite", async (heads, records) => {
    const key = /** @type {number} */ (await done(heads.add(head)));
    await done(records.put(record, key));
    return key;
  });
  const gone = beyondBounds((await keptList()).heads);
  if (gone.length) await removeKept(gone);
  return id;
};

/**
 * @param {number} id
 * @param {Partial<Head>} changes
 */
export const changeHead = (id, changes) =>
  transact("readwrite", async (heads) => {
    const head = await done(heads.get(id));
    if (head) await done(heads.put({ ...head, ...changes }));
  });

/** Erase all that is kept, and a database that cannot be read with it. */
export const eraseKept = async () => {
  try {
    await transact("readwrite", async (heads, records) => {
      await Promise.all([done(heads.clear()), done(records.clear())]);
    });
  } catch {
    if (opened) (await opened).close();
    forget();
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(DATABASE);
      request.onsuccess = resolve;
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("blocked"));
    });
  }
};
