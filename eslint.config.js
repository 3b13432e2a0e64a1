// The linter's rules for our scripts: few, each against a real mistake. Run by `make js`; a test tool only.

const WRITES_HTML = "Scripts build elements: text that is set as HTML can run.";
const htmlProperties = ["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc"];

const PAGE = [
  "AbortController",
  "Blob",
  "BroadcastChannel",
  "CSS",
  "CompressionStream",
  "CustomEvent",
  "DataTransfer",
  "DOMParser",
  "DragEvent",
  "DecompressionStream",
  "Element",
  "Event",
  "File",
  "FileReader",
  "FocusEvent",
  "FormData",
  "HTMLElement",
  "KeyboardEvent",
  "MutationObserver",
  "NodeFilter",
  "Option",
  "ResizeObserver",
  "Text",
  "TextDecoder",
  "TextEncoder",
  "URL",
  "URLSearchParams",
  "addEventListener",
  "atob",
  "btoa",
  "clearTimeout",
  "console",
  "crypto",
  "customElements",
  "document",
  "fetch",
  "getComputedStyle",
  "getSelection",
  "history",
  "indexedDB",
  "localStorage",
  "location",
  "matchMedia",
  "navigator",
  "performance",
  "queueMicrotask",
  "removeEventListener",
  "requestAnimationFrame",
  "self",
  "sessionStorage",
  "setTimeout",
  "trustedTypes",
  "window",
  "_",
  "htmx"
];
const NODE = ["Buffer", "URL", "console", "globalThis", "process"];

const named = (names) => Object.fromEntries(names.map((name) => [name, "readonly"]));

export default [
  {
    files: ["static/js/**/*.js", "tests/js/**/*.js"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      "consistent-return": "off",
      "default-case-last": "error",
      eqeqeq: "error",
      "no-cond-assign": "error",
      "no-constant-condition": "error",
      "no-dupe-keys": "error",
      "no-duplicate-imports": "off",
      "no-empty": "error",
      "no-eval": "error",
      "no-fallthrough": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-redeclare": "error",
      "no-self-assign": "error",
      "no-shadow": "off",
      "no-throw-literal": "error",
      "no-undef": "error",
      "no-unreachable": "error",
      "no-unsafe-finally": "error",
      "no-unused-expressions": "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "prefer-const": "error",
      "valid-typeof": "error",
      "no-restricted-properties": [
        "error",
        ...htmlProperties.map((property) => ({ property, message: WRITES_HTML })),
        { object: "document", property: "write", message: WRITES_HTML },
        { object: "document", property: "writeln", message: WRITES_HTML }
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "TemplateLiteral TemplateLiteral",
          message: "A template inside a template is hard to read, and to shrink."
        }
      ]
    }
  },
  { files: ["static/js/**/*.js"], languageOptions: { globals: named(PAGE) } },
  { files: ["tests/js/**/*.js"], languageOptions: { globals: named(NODE) } }
];
