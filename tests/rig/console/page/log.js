// Attempts and events as they arrive.

import { nameOf } from "/console/codes.js";
import { byId, make, say } from "/console/page.js";

const shownMax = 200;
const seen = new Set();
const started = Date.now();
let wasOnline = null;

// It is told again with each status; only coming and going is news.
function toDevice(isOnline) {
  const isNews = isOnline !== wasOnline;
  wasOnline = isOnline;
  return isNews ? { name: "device", text: isOnline ? "online" : "offline", mood: "" } : null;
}

function toEntry(kind, body) {
  switch (kind) {
    case "action_attempt":
      return {
        name: body.action_type,
        text: body.error ? `${body.error.type}: ${body.error.message}` : body.status,
        mood: body.status === "success" ? "good" : body.status === "error" ? "bad" : "",
      };
    case "event":
      return {
        name: body.event_type ?? "event",
        text: Object.entries({ ...body, access_code_id: null,
          access_code: body.access_code_id ? nameOf(body.access_code_id) : null })
          .filter(([name, value]) => value !== null && typeof value !== "object"
            && !["event_type", "event_id", "device_id", "occurred_at", "created_at",
              "workspace_id", "sequence"].includes(name))
          .map(([name, value]) => `${name.replaceAll("_", " ")} ${value}`).join(", "),
        mood: /denied|locked_out|forced|failed|tamper|duress|trouble|refused/
          .test(body.event_type) ? "bad" : /unlocked/.test(body.event_type) ? "good" : "",
      };
    case "device":
      return toDevice(body.properties?.online === true);
    default:
      return null;
  }
}

function tell(body) {
  if (body.event_type === "keyway.locked_out") {
    say(`The keypad is locked for ${body.seconds} s.`, "bad");
  } else if (body.event_type === "lock.access_denied") {
    say(`Refused: ${(body.reason ?? "unknown code").replaceAll("_", " ")}.`, "bad");
  } else if (body.event_type === "keyway.door_forced") {
    say("The door was forced.", "bad");
  }
}

/** Adds a change, the newest on top. */
export function showChange({ kind, body }, id) {
  const entry = seen.has(id) ? null : toEntry(kind, body);
  seen.add(id);
  if (!entry) {
    return;
  }

  const at = kind === "device" ? null : body.occurred_at ?? body.created_at;
  const when = at ? new Date(at) : new Date();
  const row = make("li");
  const time = make("time", "", when.toLocaleTimeString(undefined, { timeStyle: "medium" }));
  time.dateTime = when.toISOString();
  row.append(time, make("span", entry.mood, entry.name), make("span", "", entry.text));
  byId("log").prepend(row);
  while (byId("log").children.length > shownMax) {
    byId("log").lastElementChild.remove();
  }

  // What was there before the page is only listed.
  if (kind === "event" && Date.now() - started > 1500) {
    tell(body);
  }
}
