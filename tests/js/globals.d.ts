// What the type checker is told of a page beside the browser's own types.
//
// An element that is found by a selector, and an event, are `any`: what a template draws is the
// templates' word, and the tests in a browser check it. Everything that is no element is checked
// strictly.

/** A message: its text in one language replaces it as scripts are joined (web/i18n/scripts.py). */
declare function _(text: string): string;

declare const htmx: {
  config: Record<string, unknown>;
  ajax(method: string, address: string, options: Record<string, unknown>): Promise<void>;
  defineExtension(name: string, extension: { init(api: any): void }): void;
  process(element: Element): void;
  trigger(element: Element | string, name: string): void;
};

declare const trustedTypes: { createPolicy(name: string, rules: Record<string, unknown>): unknown };

interface Window {
  readonly trustedTypes?: typeof trustedTypes;
}

interface Performance {
  getEntriesByType(type: "navigation"): PerformanceNavigationTiming[];
}

interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Element {
  closest(selectors: string): any;
}

interface Document {
  addEventListener(type: string, listener: (event: any) => void, options?: any): void;
}

interface HTMLElement {
  addEventListener(type: string, listener: (event: any) => void, options?: any): void;
}

interface Window {
  addEventListener(type: string, listener: (event: any) => void, options?: any): void;
}
