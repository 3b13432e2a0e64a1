const LINES = 'application/vnd.playground+ndjson';
const EVENTS = 'text/event-stream';
const STREAMS = /^(text\/event-stream|application\/(x-)?(ndjson|json-?l(ines)?|json-seq|stream\+json))$/;

function mediaType(response) {
  return (response.headers?.get?.('content-type') ?? '').split(';')[0].trim().toLowerCase();
}

/** Return an answer that comes in pieces: an async iterator of events or lines, which may be left early; other text whole. */
async function streamed(response, base, label, strike) {
  const pieces = texts(response, base);
  if (mediaType(response) === EVENTS) return handle(items(pieces, EVENTS), pieces, { status: 200 });
  const records = lines(pieces);
  const head = record((await records.next()).value, label);
  const upstream = head.meta?.upstream ?? {};
  const requestId = head.meta?.requestId;
  const content = contents(records, upstream.status, requestId, label);
  const type = contentType(upstream);
  if (upstream.status < 400 && STREAMS.test(type)) return handle(items(content, type), pieces, { status: upstream.status, requestId });
  let whole = '';
  for await (const piece of content) whole += piece;
  if (upstream.status >= 400) throw apiError(label, upstream.status, upstream.reason, parsed(whole), requestId, strike);
  return whole;
}

/** A stream that a gateway gave whole, for a program reads it all the same. */
function wholeStream(upstream, data, requestId) {
  const type = contentType(upstream);
  if (typeof data !== 'string' || !STREAMS.test(type)) return undefined;
  const once = (async function* () { yield data; })();
  return handle(items(once, type), once, { status: upstream.status, requestId });
}

function contentType(upstream) {
  const [, type = ''] = (upstream?.headers ?? []).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  // Kubernetes' watches are JSON, a line for each event.
  if (/^application\/json\s*;\s*stream\s*=\s*watch\b/i.test(type)) return 'application/x-ndjson';
  return type.split(';')[0].trim().toLowerCase();
}

function handle(iterator, pieces, facts) {
  return Object.assign(iterator, facts, { cancel: async () => void (await pieces.return()) });
}

/** The answer's text in pieces; leaving the iteration ends the connection, and with it the gateway's call. */
async function* texts(response, base) {
  if (!response.body?.getReader) return yield await text(response, base);
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
  } catch (error) {
    throw error?.name === 'AbortError' ? error : unreachable(base, error);
  } finally {
    reader.cancel().catch(() => {});
  }
  return yield decoder.decode();
}

async function* lines(pieces) {
  let held = '';
  for await (const piece of pieces) {
    held += piece;
    // A carriage return at the end may be half of a line end.
    const half = held.endsWith('\r') ? 1 : 0;
    const whole = held.slice(0, held.length - half).split(/\r\n|\n|\r/);
    held = whole.pop() + '\r'.repeat(half);
    yield* whole;
  }
  yield* held.split(/\r\n|\n|\r/);
}

/** The API's text out of the gateway's lines; without the last of them the stream broke off. */
async function* contents(records, status, requestId, label) {
  let ended = false;
  for await (const line of records) {
    if (!line) continue;
    const { data, bytes, meta } = record(line, label);
    if (meta) {
      ended = true;
      if (meta.upstream?.cut || meta.upstream?.truncated) throw new SDKError(`${label}: the stream was cut short (${meta.upstream.cut ?? 'too long'}).`, { status, requestId });
    } else {
      yield data ?? new TextDecoder().decode(Uint8Array.from(atob(bytes ?? ''), (one) => one.charCodeAt(0)));
    }
  }
  if (!ended) throw new SDKError(`${label}: the stream broke off.`, { status, requestId });
}

function record(line, label) {
  const value = parsed(line ?? '');
  if (typeof value !== 'object' || value === null) throw new SDKError(`${label}: the gateway's stream is not one.`);
  return value;
}

/** Events by their data, lines of JSON by their values. */
async function* items(pieces, type) {
  let data = [];
  for await (const line of lines(pieces)) {
    if (type !== EVENTS) {
      const value = line.replaceAll('\x1e', '').trim();
      if (value) yield parsed(value);
    } else if (line === '' && data.length) {
      const value = data.join('\n');
      data = [];
      if (value === '[DONE]') return;
      yield parsed(value);
    } else if (/^data(:|$)/.test(line)) {
      data.push(line.slice(5).replace(/^ /, ''));
    }
  }
}

function parsed(value) {
  try {
    return JSON.parse(value);
  } catch {
    return value; // text stays text
  }
}

