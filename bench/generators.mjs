// Asks other snippet generators for code: requests as JSON on stdin, {generator: {client: {case: code}}} on stdout.
// Run in the folder where they are installed. Code that a generator refuses to write is null.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(`${process.cwd()}/package.json`);
// From this folder's packages, not from the ones beside this file.
const load = async (name, file) => import(pathToFileURL(`${process.cwd()}/node_modules/${name}/${file}`).href);
let input = '';
for await (const piece of process.stdin) input += piece;
const { clients, requests } = JSON.parse(input);

const kong = require('httpsnippet');
const readme = await load('@readme/httpsnippet', require('@readme/httpsnippet/package.json').exports['.'].import.replace(/^\.\//, ''));
const { snippetz } = await load('@scalar/snippetz', 'dist/index.js');
const postman = require('postman-code-generators');
const { Request } = require('postman-collection');

const first = (code) => (Array.isArray(code) ? code[0] : code);
const generators = {
  httpsnippet: (har, [target, client]) => first(new kong.HTTPSnippet(har).convert(target, client)),
  '@readme/httpsnippet': (har, [target, client]) => first(new readme.HTTPSnippet(har).convert(target, client)),
  '@scalar/snippetz': (har, [target, client]) => snippetz().print(target, client, har),
  'postman-code-generators': (har, [language, variant]) => {
    let written = null;
    postman.convert(language, variant, new Request(collection(har)), {}, (error, code) => { written = error ? null : code; });
    return written;
  },
};

function collection({ method, url, headers, postData }) {
  const header = headers.map(({ name, value }) => ({ key: name, value }));
  return { method, url, header, ...(postData && { body: body(postData) }) };
}

function body({ params, text, mimeType }) {
  if (!params) return { mode: 'raw', raw: text };
  if (mimeType.startsWith('multipart/')) {
    return { mode: 'formdata', formdata: params.map(({ name, value, fileName, contentType }) => (fileName === undefined ? { key: name, value, type: 'text', contentType } : { key: name, src: fileName, type: 'file', contentType })) };
  }
  return { mode: 'urlencoded', urlencoded: params.map(({ name, value }) => ({ key: name, value })) };
}

const out = {};
for (const [generator, names] of Object.entries(clients)) {
  out[generator] = {};
  for (const name of names) {
    const codes = {};
    for (const [id, har] of Object.entries(requests)) {
      try {
        codes[id] = generators[generator](structuredClone(har), name.split('/')) || null;
      } catch {
        codes[id] = null;
      }
    }
    out[generator][name] = codes;
  }
}
process.stdout.write(JSON.stringify(out));
