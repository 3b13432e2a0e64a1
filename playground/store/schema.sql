-- The catalogue file. Blobs are packed JSON values (packing.py). An operation's id is its provider's first id plus its
-- position in the document, so a provider's operations are one range of ids, here and in the full-text index.

CREATE TABLE state (
    -- One row; the revision changes with every write.
    only INTEGER PRIMARY KEY CHECK (only = 1),
    revision TEXT NOT NULL
);
INSERT INTO state VALUES (1, 'new');

CREATE TABLE provider (
    -- Ids are never used again: caches in running processes are keyed by them.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    version TEXT NOT NULL,
    generation TEXT NOT NULL,
    operations INTEGER NOT NULL, -- all of them, and without the hidden ones
    listed INTEGER NOT NULL,
    first INTEGER NOT NULL,
    bundled INTEGER NOT NULL
);
-- The summary in lists of providers, and the words of a filter: in the provider's row every search would read past them.
CREATE TABLE listing (provider INTEGER PRIMARY KEY, summary TEXT NOT NULL, words TEXT NOT NULL);
-- All other facts about a provider.
CREATE TABLE facts (provider INTEGER PRIMARY KEY, content BLOB NOT NULL);

-- The source document, gzip'd.
CREATE TABLE source (provider INTEGER PRIMARY KEY, content BLOB NOT NULL);

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
    hidden INTEGER NOT NULL
);
CREATE TABLE detail (operation INTEGER PRIMARY KEY, content BLOB NOT NULL);

-- Every accepted name of every operation (docs/protocol.md, Names of operations).
CREATE TABLE alias (
    provider INTEGER NOT NULL,
    name TEXT NOT NULL,
    operation INTEGER NOT NULL,
    PRIMARY KEY (provider, name)
) WITHOUT ROWID;

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

CREATE TABLE definition (
    provider INTEGER NOT NULL,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (provider, name)
);

-- What the API itself sends, all of a provider in one value; no row without any.
CREATE TABLE webhook (provider INTEGER PRIMARY KEY, content BLOB NOT NULL);

-- Providers replaced a moment ago: their definitions stay for the pages that are being drawn from them.
CREATE TABLE retired (provider INTEGER PRIMARY KEY, at REAL NOT NULL);

-- Bundled descriptions that were offered once, and names that were removed: neither comes back by itself.
CREATE TABLE bundled (name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;

-- The index holds no text of its own; its texts are kept packed, since a deletion needs them again.
CREATE VIRTUAL TABLE search USING fts5 (
    name, path, tags, title, parameters, description, provider,
    content = '', columnsize = 0, detail = 'column',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6'
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
CREATE TABLE vocabulary (provider INTEGER PRIMARY KEY, words TEXT NOT NULL);
