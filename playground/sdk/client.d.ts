/** Bytes: a Blob or File of any platform. */
export interface BlobLike {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}

/** A file argument: its text, its bytes, or name, type and base64 content. */
export type FileArgument =
  | string
  | Uint8Array
  | BlobLike
  | { filename: string; content_type?: string; content: string };

/** One credential; `name` and `in` say where a key goes. */
export type SingleCredential =
  | { type: 'bearer_token'; token: string }
  | { type: 'basic'; username: string; password?: string }
  | { type: 'api_key'; value: string; name?: string; in?: 'header' | 'query' | 'cookie' }
  | { type: 'oauth2'; accessToken: string; tokenType?: string }
  | { type: 'none' };

/** A credential, or several at once by the names of the API's security schemes. */
export type Credential = SingleCredential | { type: 'schemes'; schemes: { [scheme: string]: SingleCredential } };

/**
 * An answer that comes in pieces: `for await` gives the data of each event or the value of each line, JSON parsed.
 * Leaving the loop ends the call.
 */
export interface AnswerStream<T = unknown> extends AsyncIterableIterator<T> {
  /** The API's status. */
  readonly status: number;
  /** The gateway's name for the call. */
  readonly requestId?: string;
  /** End the call without reading on. */
  cancel(): Promise<void>;
}

/** How a client calls. What is left out comes from the environment. */
export interface ClientOptions {
  /** The gateway's address; else `PLAYGROUND_GATEWAY_URL`, else the site the package came from. */
  gatewayUrl?: string;
  /** A credential, or just its text; else the environment's variables. `null` sends none. */
  credential?: Credential | string | null;
  /** Values of parameters that are secrets, by name; else the environment's variables. `null` sends none. */
  secrets?: { [parameter: string]: string } | null;
  /** Header fields for the gateway itself. */
  headers?: { [name: string]: string };
  /** Used in the place of the global `fetch`. */
  fetch?(
    url: string,
    init: { method: string; headers: { [name: string]: string }; body: string; redirect: 'error'; signal?: any },
  ): Promise<{ status: number; text(): Promise<string>; headers?: { get(name: string): string | null }; body?: any }>;
  /** One of the API's servers as described, or `sandbox`. */
  server?: string;
  /** Values of the server's variables. */
  serverVariables?: { [name: string]: string };
}

/** How one call differs from the others. */
export interface CallOptions extends ClientOptions {
  /** One of the request body's media types. */
  mediaType?: string;
  /** The body's exact text, in the place of the body's arguments. */
  raw?: string;
  /** How lists inside brackets are written: `a[0]=`, `a[]=`, or `a=` repeated. */
  brackets?: 'index' | 'empty' | 'repeat';
  /** How objects in an urlencoded body are written where the description does not say. */
  formObjects?: 'json' | 'brackets';
  /** The names of the security schemes to use; none sends no credential. */
  security?: string[];
  /** An `AbortSignal`. */
  signal?: { readonly aborted: boolean };
}

/** A call that came to nothing. No message holds a secret. */
export declare class SDKError extends Error {
  constructor(message: string, facts?: { status?: number; body?: unknown; requestId?: string; cause?: unknown });
  /** The API's status, or the gateway's where the API was not reached; 0 without any answer. */
  readonly status: number;
  /** What came back, parsed if it is JSON. */
  readonly body: unknown;
  /** The gateway's name for the call. */
  readonly requestId: string | undefined;
}
