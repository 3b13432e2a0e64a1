-- The catalogue file. Blobs are packed JSON values (packing.py). An operation's id is its provider's first id plus its
-- position in the document, so a provider's operations are one range of ids, here and in the full-text index.
--
-- A provider has versions, numbered from 1. What earlier ones held stays for a while, in the tables with `born` and
-- `died`: a row is part of every version from the number `born` on and before the number `died`, which is 2147483647
-- while it is part of the current one.

CREATE TABLE state (
    -- One row; the revision changes with every write.
    only INTEGER PRIMARY KEY CHECK (only = 1),
    revision TEXT NOT NULL
);
INSERT INTO state VALUES (1, 'new');

CREATE TABLE provider (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    version TEXT NOT NULL, -- the document's own
    generation TEXT NOT NULL, -- random, new with every write: caches in running processes are keyed by it
    number INTEGER NOT NULL, -- of the current version
    operations INTEGER NOT NULL, -- all of them, and without the hidden ones
    listed INTEGER NOT NULL,
    first INTEGER NOT NULL,
    bundled INTEGER NOT NULL,
    mark TEXT NOT NULL -- of all that it was made from: a digest of the description, and one of the compiler
);
-- The summary in lists of providers, and the words of a filter: in the provider's row every search would read past them.
CREATE TABLE listing (provider INTEGER PRIMARY KEY, summary TEXT NOT NULL, words TEXT NOT NULL);

-- Versions that are kept, and for a minute those that ended: pages are being drawn from them. `changes` tells what
-- changed since the one before.
CREATE TABLE version (
    provider INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at REAL NOT NULL, -- seconds since 1970
    ended REAL,
    recorded INTEGER NOT NULL, -- whether it is told of: not if only the compiler is another
    label TEXT NOT NULL, -- the document's own version
    operations INTEGER NOT NULL,
    changes BLOB NOT NULL,
    PRIMARY KEY (provider, number)
) WITHOUT ROWID;

-- All other facts about a provider.
CREATE TABLE facts (
    provider INTEGER NOT NULL,
    born INTEGER NOT NULL,
    died INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (provider, born)
);

-- The source document in compressed parts: row id, length and digest of each. Where the contents of some blocks were the
-- compressor's dictionary, from the row `low` to the row `high`, they stay as long as the part.
CREATE TABLE source (provider INTEGER PRIMARY KEY, parts BLOB NOT NULL);
CREATE TABLE part (
    id INTEGER PRIMARY KEY,
    provider INTEGER NOT NULL,
    low INTEGER,
    high INTEGER,
    content BLOB NOT NULL
);
CREATE INDEX part_of ON part (provider);
-- Where it came from and what was done to it, so that it can be updated the same way.
CREATE TABLE origin (provider INTEGER PRIMARY KEY, content BLOB NOT NULL);
-- Content marks of its pieces, so that only what has changed is compiled again.
CREATE TABLE outline (provider INTEGER PRIMARY KEY, content BLOB NOT NULL);

-- The columns of lists; the whole operation is in detail, so that lists read few pages.
CREATE TABLE operation (
    id INTEGER PRIMARY KEY,
    provider INTEGER NOT NULL,
    name TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    summary TEXT NOT NULL,
    title TEXT NOT NULL, -- empty where it is the summary
    tag TEXT NOT NULL,
    deprecated INTEGER NOT NULL,
    hidden INTEGER NOT NULL,
    detail INTEGER NOT NULL
);
CREATE TABLE detail (
    id INTEGER PRIMARY KEY,
    provider INTEGER NOT NULL,
    born INTEGER NOT NULL,
    died INTEGER NOT NULL,
    block INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL
);
CREATE INDEX detail_of ON detail (provider, died);

-- What operations and definitions say, many in one compressed block (blocks.py): they are alike.
CREATE TABLE block (id INTEGER PRIMARY KEY, provider INTEGER NOT NULL, content BLOB NOT NULL);
CREATE INDEX block_of ON block (provider);

-- Every accepted name of every operation (docs/protocol.md, Names of operations), sorted, and many in one row (names.py).
-- No number of a row is given twice: rows in memory are known by it.
CREATE TABLE alias (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    provider INTEGER NOT NULL,
    first TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX alias_from ON alias (provider, first);

-- The definitions of the current version, likewise: the first version of each, its block, its first byte there, its
-- length.
CREATE TABLE defined (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    provider INTEGER NOT NULL,
    first TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX defined_from ON defined (provider, first);

CREATE TABLE tag (
    provider INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    operations INTEGER NOT NULL,
    PRIMARY KEY (provider, position)
) WITHOUT ROWID;
CREATE TABLE tagging (
    provider INTEGER NOT NULL,
    tag TEXT NOT NULL,
    operation INTEGER NOT NULL,
    PRIMARY KEY (provider, tag, operation)
) WITHOUT ROWID;

-- Definitions that earlier versions have, and the current one has otherwise or not at all.
CREATE TABLE definition (
    provider INTEGER NOT NULL,
    name TEXT NOT NULL,
    born INTEGER NOT NULL,
    died INTEGER NOT NULL,
    block INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (provider, name, born)
) WITHOUT ROWID;

-- What the API itself sends, all of a provider in one value; no row without any.
CREATE TABLE webhook (
    provider INTEGER NOT NULL,
    born INTEGER NOT NULL,
    died INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (provider, born)
);

-- Providers removed a moment ago: their versions stay for the pages that are being drawn from them.
CREATE TABLE retired (provider INTEGER PRIMARY KEY, at REAL NOT NULL);

-- Bundled descriptions that were offered once, and names that were removed: neither comes back by itself.
CREATE TABLE bundled (name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;

-- The words of operations, each behind the letter of its place (marked.py). The index holds no text of its own; the
-- words are kept packed, since a deletion needs them again. Beginnings of five letters and more are found among the
-- words themselves.
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = '', columnsize = 0, detail = 'none', tokenize = 'ascii', prefix = '2 3 4 5'
);
CREATE TABLE indexed (
    provider INTEGER NOT NULL,
    part INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (provider, part)
);

-- The index of providers: beginnings of words, as with operations.
CREATE VIRTUAL TABLE provider_search USING fts5 (
    name, title, summary,
    columnsize = 0, detail = 'column', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4'
);

-- The words of names, paths and titles with the number of providers that use each: the corrections of
-- slips of the keys.
CREATE TABLE word (word TEXT PRIMARY KEY, providers INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE vocabulary (provider INTEGER PRIMARY KEY, words BLOB NOT NULL);
