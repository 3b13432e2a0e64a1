const ACCEPT = 'application/vnd.playground+json, application/vnd.playground+ndjson, application/json';
const KEY_HEADERS = ['x-api-key', 'api-key', 'dd-api-key'];
const ENVELOPE = ['args', 'credential', 'options', 'stream', 'profile'];
const NO_SECRETS = ['type', 'provider', 'name', 'in', 'headerName', 'headerPrefix', 'prefix', 'tokenType'];
const CALL_OPTIONS = {
  server: 'server', serverVariables: 'server_variables', mediaType: 'media_type', raw: 'raw', security: 'security',
  brackets: 'brackets', formObjects: 'form_objects',
};

/** A call that came to nothing: `status` and `body` are the API's, or the gateway's where the API was not reached (0: no answer). */
export class SDKError extends Error {
  constructor(message, { status = 0, body = undefined, requestId = undefined, cause = undefined } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SDKError';
    this.status = status;
    this.body = body;
    this.requestId = requestId;
  }
}

/** Return a client of its own: one method for each operation, and `withOptions`. */
export function createClient(options = {}) {
  const client = {};
  for (const row of API.operations) {
    const call = (args, more) => send(row, args, merged(options, more));
    place(client, row[0], call);
    if (row[1]) place(client, row[1], (args, more) => call(args, more));
  }
  if (!has(client, 'withOptions')) define(client, 'withOptions', (more) => createClient(merged(options, more)));
  return client;
}

function merged(options, more) {
  if (!more) return options;
  const secrets = more.secrets === undefined ? options.secrets : more.secrets && { ...options.secrets, ...more.secrets };
  return { ...options, ...more, headers: { ...options.headers, ...more.headers }, secrets };
}

function place(client, name, call) {
  const parts = name.split('.');
  const path = parts.length > API.mostParts ? [name] : parts;
  const last = path.pop();
  let at = client;
  for (const part of path) {
    if (!has(at, part)) define(at, part, {});
    at = at[part];
  }
  // A name may be both an operation and the beginning of others: then the method carries them.
  if (has(at, last)) for (const key of Object.keys(at[last])) define(call, key, at[last][key]);
  define(at, last, call);
}

// Enumerable members are ours; a function's own `name` and `length` are not.
function has(object, key) {
  return Object.prototype.propertyIsEnumerable.call(object, key);
}

function define(object, key, value) {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

async function send([name, , wire, security, declaresArgs, secret], args, options) {
  const label = `${API.provider}.${name}`;
  const base = gatewayOf(options);
  const credential = credentialOf(API.security[security], options, label);
  const extra = callOptions(options);
  const headers = { 'Content-Type': 'application/json', Accept: ACCEPT, ...options.headers };
  const ownToken = Object.keys(headers).some((key) => key.toLowerCase() === 'authorization');
  const [given, secrets] = withSecrets(args ?? {}, API.secrets[secret ?? -1] ?? [], options);
  let header = credential && !ownToken ? flatHeader(credential) : undefined;
  let wrapped = Boolean(extra) || Boolean(credential && !header) || readsAsWrapped(given);
  if (declaresArgs && wrapped) {
    // The gateway reads everything as arguments here, so only a header can say more.
    header ??= credential && !ownToken ? basicHeader(credential) : undefined;
    if (extra || (credential && !header)) throw new SDKError(`${label}: this operation's own input “args” leaves no room for call options or such a credential.`);
    wrapped = false;
  }
  if (header && !wrapped) {
    headers[header[0]] = header[1];
    // A gateway with users of its own takes a token with “eyJ” for one of its own.
    if (header[1].includes('eyJ')) headers['X-Gateway-Mode'] = 'passthrough';
  }
  const envelope = { args: given };
  if (credential) envelope.credential = credential;
  if (extra) envelope.options = extra;
  const strike = striker([...secretsIn(credential), ...secrets, ...Object.values(options.headers ?? {})]);
  const content = await write(wrapped ? envelope : given);
  const url = `${base}/tools/${API.path}/${encodeURIComponent(wire || name)}`;
  const response = await post(url, base, headers, content, options);
  if (response.status === 200 && [LINES, EVENTS].includes(mediaType(response))) return streamed(response, base, label, strike);
  return read(response, await text(response, base), label, strike);
}

function gatewayOf(options) {
  const base = String(options.gatewayUrl ?? variable('PLAYGROUND_GATEWAY_URL') ?? API.gateway ?? '').trim().replace(/\/+$/, '');
  if (!base) throw new SDKError('No gateway: give gatewayUrl, or set PLAYGROUND_GATEWAY_URL to its address.');
  if (!/^https?:\/\/[^@?#]+$/i.test(base)) throw new SDKError('The gateway address must look like https://gateway.example.com.');
  return base;
}

function variable(name) {
  try {
    return globalThis.process?.env?.[name] || globalThis.Deno?.env?.get(name) || undefined;
  } catch {
    return undefined; // Deno asks for permission, and may refuse.
  }
}

function credentialOf(alternatives, options, label) {
  if (options.credential === null) return undefined;
  if (typeof options.credential === 'string') {
    if (!options.credential) return undefined;
    const single = alternatives.filter((one) => one.length === 1);
    if (alternatives.length && !single.length) throw new SDKError(`${label}: this operation needs several credentials: give { type: 'schemes', schemes: {…} }.`);
    return single.length ? fromText(single[0][0], options.credential) : { type: 'bearer_token', token: options.credential };
  }
  if (options.credential !== undefined) return options.credential;
  for (const alternative of alternatives) {
    const read = alternative.map((one) => [one.scheme, fromEnvironment(one)]);
    if (read.length && read.every(([, one]) => one)) return read.length === 1 ? read[0][1] : { type: 'schemes', schemes: Object.fromEntries(read) };
  }
  return undefined;
}

/** The arguments with each parameter that is a secret, where nothing else gave it; and the secrets among them. */
function withSecrets(args, places, options) {
  const secrets = [];
  let given = args;
  for (const [name, wrapper, read] of places) {
    let value = given[name] ?? given[wrapper]?.[name];
    if (value === undefined && options.secrets !== null) {
      value = options.secrets?.[name] ?? variable(read);
      if (value !== undefined) given = wrapper ? { ...given, [wrapper]: { ...given[wrapper], [name]: value } } : { ...given, [name]: value };
    }
    if (typeof value === 'string') secrets.push(value);
  }
  return [given, secrets];
}

// Kinds that are two texts: `user:password`, `access key:secret key`.
const PAIRS = ['basic', 'digest', 'aws_sigv4'];

function pair(one, first, second) {
  if (one.kind !== 'aws_sigv4') return { type: one.kind, username: first, password: second };
  return { type: 'aws_sigv4', accessKeyId: first, secretAccessKey: second, sessionToken: variable('AWS_SESSION_TOKEN') };
}

function fromText(one, value) {
  if (one.kind === 'api_key') return { type: 'api_key', value, name: one.name, in: one.location || 'header' };
  if (!PAIRS.includes(one.kind)) return { type: 'bearer_token', token: value };
  const colon = value.indexOf(':');
  return pair(one, colon < 0 ? value : value.slice(0, colon), colon < 0 ? '' : value.slice(colon + 1));
}

function fromEnvironment(one) {
  const value = variable(one.variables[0]);
  if (!value) return undefined;
  return PAIRS.includes(one.kind) ? pair(one, value, variable(one.variables[1]) ?? '') : fromText(one, value);
}

/** The one header field that carries a credential in the flat dialect, where one does. */
function flatHeader(credential) {
  const { type, customHeaders } = credential;
  if (customHeaders) return undefined;
  if (type === 'bearer' || type === 'bearer_token') return bearer(credential.token);
  if (type === 'oauth2' && (credential.tokenType ?? 'bearer').toLowerCase() === 'bearer') return bearer(credential.accessToken);
  const name = credential.name ?? credential.headerName ?? '';
  const inHeader = type === 'api_key' && (credential.in ?? 'header') === 'header' && !credential.prefix && !credential.headerPrefix;
  return inHeader && KEY_HEADERS.includes(name.toLowerCase()) && sendable(credential.value) ? [name, credential.value] : undefined;
}

function bearer(token) {
  return sendable(token) ? ['Authorization', `Bearer ${token}`] : undefined;
}

function basicHeader(credential) {
  if (credential.type !== 'basic' || credential.customHeaders) return undefined;
  return ['Authorization', `Basic ${base64(new TextEncoder().encode(`${credential.username}:${credential.password ?? ''}`))}`];
}

// What `fetch` refuses it quotes in its error, so a secret never gets that far.
function sendable(value) {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

function callOptions(options) {
  const given = Object.entries(CALL_OPTIONS).filter(([name]) => options[name] !== undefined);
  return given.length ? Object.fromEntries(given.map(([name, wire]) => [wire, options[name]])) : undefined;
}

function readsAsWrapped(args) {
  return typeof args.args === 'object' && args.args !== null && Object.keys(args).every((key) => ENVELOPE.includes(key));
}

/** JSON text of the arguments; files (Blob, File, Uint8Array) become objects of three texts. */
async function write(value) {
  const files = new Map();
  for (const file of filesIn(value, new Set())) files.set(file, await fileObject(file));
  return JSON.stringify(value, function (key, member) {
    return files.get(this[key]) ?? member;
  });
}

function filesIn(value, seen) {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  if (value instanceof Uint8Array || typeof value.arrayBuffer === 'function') return [value];
  return Object.values(value).flatMap((member) => filesIn(member, seen));
}

async function fileObject(file) {
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(await file.arrayBuffer());
  return { filename: file.name || 'file', content_type: file.type || 'application/octet-stream', content: base64(bytes) };
}

function base64(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

async function post(url, base, headers, body, options) {
  let checked;
  try {
    checked = new Headers(headers);
  } catch {
    throw new SDKError('A header field in `headers` cannot be sent: it holds a line break or another odd character.');
  }
  try {
    // Followed blindly, a redirect would carry the credential to where nobody said it may go.
    const init = { method: 'POST', headers: Object.fromEntries(checked), body, redirect: 'error' };
    if (options.signal) init.signal = options.signal;
    return await (options.fetch ?? globalThis.fetch)(url, init);
  } catch (error) {
    throw options.signal?.aborted ? error : unreachable(base, error);
  }
}

async function text(response, base) {
  try {
    return await response.text();
  } catch (error) {
    throw error?.name === 'AbortError' ? error : unreachable(base, error);
  }
}

function unreachable(base, cause) {
  return new SDKError(`The gateway at ${base} could not be reached, or answered with a redirect.`, { cause });
}

function read(response, content, label, strike) {
  const value = parsed(content);
  const isAnswer = typeof value === 'object' && value !== null && ('error' in value || 'data' in value || 'meta' in value);
  if (!isAnswer) {
    throw new SDKError(`${label}: ${response.status} came back, but not as a gateway answers. Check the gateway's address.`, { status: response.status, body: strike(content) });
  }
  const requestId = value.meta?.requestId;
  if ('error' in value && !('data' in value)) throw refused(value, response, requestId, label, strike);
  const upstream = value.meta?.upstream;
  if (upstream?.status >= 400) {
    throw apiError(label, upstream.status, upstream.reason, value.data, requestId, strike);
  }
  if (upstream?.truncated) {
    throw new SDKError(`${label}: the answer is longer than the gateway passes on.`, { status: upstream.status, body: strike(value.data), requestId });
  }
  return wholeStream(upstream, value.data, requestId) ?? fileIn(upstream) ?? value.data;
}

/** A gateway's `{"error"}`: its own sentence, or an API's answer squeezed into one, as UTDK gateways do. */
function refused(value, response, requestId, label, strike) {
  const sentence = typeof value.error === 'string' ? value.error : JSON.stringify(value.error);
  const failed = /^Request failed: (\d{3})(?: ([^\n]*))?(?:\n([^]*))?$/.exec(sentence);
  if (failed) return apiError(label, Number(failed[1]), failed[2], failed[3] && parsed(failed[3]), requestId, strike);
  return new SDKError(`${label}: ${line(strike(sentence))}`, { status: response.status, body: strike(value), requestId });
}

function apiError(label, status, reason, body, requestId, strike) {
  const said = line(strike(`${status} ${reason ?? ''}`));
  return new SDKError(`${label}: the API answered ${said}.`, { status, body: strike(body), requestId });
}

function line(value) {
  return value.slice(0, 2000).replace(/[\s\p{C}]+/gu, ' ').trim();
}

/** An answer that is neither JSON nor text is a Blob, where the gateway passes its bytes on. */
function fileIn(upstream) {
  if (typeof upstream?.body !== 'string' || !upstream.body || typeof Blob === 'undefined') return undefined;
  const [, type = ''] = (upstream.headers ?? []).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  if (!type || /^text\/|[/+](json|xml|yaml)\b|x-www-form-urlencoded|javascript|ndjson|jsonl|x-yaml/i.test(type)) return undefined;
  return new Blob([Uint8Array.from(atob(upstream.body), (one) => one.charCodeAt(0))], { type });
}

function secretsIn(value, key = '') {
  if (typeof value === 'string') return NO_SECRETS.includes(key) || value.length < 4 ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => secretsIn(member, name));
}

/** Return a function that strikes every secret out of a value's texts: a gateway or an API may quote what it was sent. */
function striker(secrets) {
  const known = [...new Set(secrets.filter((one) => typeof one === 'string').flatMap((one) => [one, one.replace(/^Bearer /i, '')]))].filter((one) => one.length >= 4);
  known.sort((one, other) => other.length - one.length);
  const clean = (value) => known.reduce((left, secret) => left.split(secret).join('•••'), value);
  return (value) => {
    if (value === undefined || !known.length) return value;
    return typeof value === 'string' ? clean(value) : JSON.parse(JSON.stringify(value), (_, member) => (typeof member === 'string' ? clean(member) : member));
  };
}

export default createClient();
