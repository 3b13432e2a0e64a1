// What is asked of our own server for a sign-in; it asks the authorization server.
import { siteAddress } from "../lib/site.js";

/** @typedef {import("./oauth_answers.js").Client & { scheme: string, clientId: string }} Fields */

export const operation = () => document.querySelector("#request").dataset.operation;

/**
 * Ask our own server, which asks the authorization server. Throws its sentence where it refuses.
 *
 * @param {"endpoints" | "token" | "device"} action
 * @param {Record<string, any>} fields
 */
export const ask = async (action, fields) => {
  const all = Object.entries({ operation: operation(), ...fields });
  const given = all.filter(([, text]) => typeof text === "string" && text !== "");
  const answer = await fetch(siteAddress(`/oauth/${action}`), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(Object.fromEntries(given)),
    credentials: "same-origin",
    referrerPolicy: "same-origin"
  });
  const value = await answer.json().catch(() => ({}));
  if (answer.ok && !value.error) return value;
  throw new Error(value.error ?? _(`The token could not be asked for (${answer.status}).`));
};

/**
 * @param {Fields} fields
 * @param {Record<string, any>} grant
 */
export const askToken = ({ scheme, flow, clientId, clientSecret }, grant) =>
  ask("token", { scheme, flow, client_id: clientId, client_secret: clientSecret, ...grant });
