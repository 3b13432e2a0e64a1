// htmx sets innerHTML with the server's fragments; its Trusted Types policy lets HTML through and no script ever.
"use strict";
if (window.trustedTypes?.createPolicy) trustedTypes.createPolicy("default", { createHTML: (html) => html });
