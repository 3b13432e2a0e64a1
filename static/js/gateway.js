// The gateway field: kept in browser storage as plain text, and Send waits while it is empty.
"use strict";
{
  const KEY = "utdk_gateway_url";
  const field = document.querySelector("#gateway-url");
  const update = () => {
    const empty = !field.value.trim();
    for (const button of document.querySelectorAll("[data-send]")) button.disabled = empty;
    document.querySelector("[data-no-gateway]").hidden = !empty;
    document.querySelector("#live-url").hidden = empty;
  };
  if (field) {
    try { field.value = localStorage.getItem(KEY) || field.value; } catch { /* the prefilled one stays */ }
    update();
    field.addEventListener("input", () => {
      update();
      try {
        if (field.value.trim()) localStorage.setItem(KEY, field.value.trim());
        else localStorage.removeItem(KEY);
      } catch { /* used for this page only */ }
    });
  }
}
