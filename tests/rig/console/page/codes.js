// The access codes on a time line, and the form that makes them.

import { byId, make, post, setText } from "/console/page.js";

const hour = 3600;
const day = 24 * hour;
const pastMax = 7 * day;
const futureMax = 30 * day;
const answerPollMs = 250;
const answerPolls = 120;
let codes = [];
let range = { from: 0, to: 1 };
let deviceId = null;

const toUnix = (text) => Date.parse(text) / 1000;
const percent = (utc) =>
  Math.min(100, Math.max(0, (100 * (utc - range.from)) / (range.to - range.from)));
const toText = (utc) => new Date(utc * 1000).toLocaleString(undefined,
  { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });

function findRange(now) {
  let from = now - 2 * hour;
  let to = now + 12 * hour;
  for (const code of codes.filter((any) => any.ends_at)) {
    from = Math.max(Math.min(from, toUnix(code.starts_at) - hour), now - pastMax);
    to = Math.min(Math.max(to, toUnix(code.ends_at) + hour), now + futureMax);
  }

  return { from, to };
}

function showAxis(now) {
  const axis = byId("axis");
  axis.replaceChildren();
  const span = range.to - range.from;
  const step = [hour, 2 * hour, 4 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day]
    .find((size) => span / size <= 7) ?? 14 * day;
  const zone = new Date(now * 1000).getTimezoneOffset() * 60;
  const first = Math.ceil((range.from - zone) / step) * step + zone;
  for (let at = first; at < range.to; at += step) {
    if (percent(at) > 4 && percent(at) < 96 && Math.abs(percent(at) - percent(now)) > 9) {
      const when = new Date(at * 1000);
      const text = step < day
        ? when.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" })
        : when.toLocaleDateString(undefined, { month: "short", day: "numeric" });
      axis.append(make("span", "", text));
      axis.lastElementChild.style.left = `${percent(at)}%`;
    }
  }

  const mark = make("span", "now", "now");
  mark.style.left = `${percent(now)}%`;
  axis.append(mark);
}

function statusOf(code) {
  const kind = [code.is_offline_access_code ? "offline" : "", code.is_one_time_use ? "once" : ""]
    .filter((word) => word).join(", ");
  const when = code.ends_at
    ? `${toText(toUnix(code.starts_at))} – ${toText(toUnix(code.ends_at))}` : "always";
  return { status: [code.status, kind].filter((word) => word).join(", "), when };
}

function makeRow(code, now) {
  const row = make("li");
  row.dataset.status = code.status;
  const who = make("div", "who");
  const { status, when } = statusOf(code);
  who.append(make("b", "", code.name ?? "Access code"), make("span", "", `${status} · ${when}`));
  if (code.problem) {
    who.append(make("span", "problem", code.problem));
  }

  const track = make("div", "track");
  track.setAttribute("aria-hidden", "true");
  const from = code.starts_at ? percent(toUnix(code.starts_at)) : 0;
  const to = code.ends_at ? percent(toUnix(code.ends_at)) : 100;
  const bar = make("div", `bar ${code.status === "set" ? "set" : ""} `
    + `${code.ends_at ? "" : "endless"}`);
  bar.style.left = `${Math.min(from, 99.5)}%`;
  bar.style.width = `${Math.max(0.5, to - from)}%`;
  const mark = make("div", "now");
  mark.style.left = `${percent(now)}%`;
  track.append(bar, mark);

  const remove = make("button", "", "✕");
  remove.type = "button";
  remove.title = `Delete ${code.name}`;
  remove.setAttribute("aria-label", `Delete ${code.name}`);
  remove.addEventListener("click", () =>
    post("/access_codes/delete", { access_code_id: code.access_code_id }));
  row.append(who, track, remove);
  return row;
}

/** What a code is called; its id once it is gone. */
export const nameOf = (id) =>
  codes.find((code) => code.access_code_id === id)?.name ?? id;

/** Shows the codes. */
export function showCodes(all, now) {
  codes = all;
  range = findRange(now);
  showAxis(now);
  const focused = [...byId("codes").children].findIndex(
    (row) => row.contains(document.activeElement));
  byId("codes").replaceChildren(...codes.map((code) => makeRow(code, now)));
  byId("no-codes").hidden = codes.length > 0;
  byId("axis").hidden = codes.length === 0;
  if (focused >= 0) {
    byId("codes").children[Math.min(focused, codes.length - 1)]?.querySelector("button").focus();
  }
}

let tickedAt = 0;

/** Moves the line of now along, and the line with it when the clock is stepped. */
export function tickCodes(now) {
  if (Math.abs(now - tickedAt) >= 20) {
    tickedAt = now;
    showCodes(codes, now);
  }
}

function told(text, isBad = false) {
  byId("created").className = isBad ? "bad" : "";
  setText(byId("created"), text);
}

// The digits are shown to who has just made them, once.
async function follow(attemptId, codeId, name) {
  for (let i = 0; i < answerPolls; i++) {
    const attempt = (await post("/action_attempts/get",
      { action_attempt_id: attemptId }))?.action_attempt;
    if (attempt?.status === "success") {
      const code = (await post("/access_codes/get", { access_code_id: codeId }))?.access_code;
      told(`${name ?? code?.name} is on the lock: ${code?.code ?? "digits not known"}`);
      return;
    }

    if (!attempt || attempt.status === "error") {
      told(attempt?.error.message ?? "Refused", true);
      return;
    }

    await new Promise((wake) => setTimeout(wake, answerPollMs));
  }
}

async function create(event) {
  event.preventDefault();
  const form = event.target;
  const field = form.elements;
  const order = { device_id: deviceId };
  for (const member of ["name", "code"]) {
    if (field[member].value.trim() !== "") {
      order[member] = field[member].value.trim();
    }
  }

  if (field.once.checked) {
    order.is_one_time_use = true;
  }

  if (field.kind.value === "window") {
    for (const [member, input] of [["starts_at", field.starts], ["ends_at", field.ends]]) {
      order[member] = `${new Date(input.value).toISOString().slice(0, 19)}Z`;
    }
  }

  told("Sent, the lock has not answered yet…");
  const answer = await post("/access_codes/create", order);
  if (!answer) {
    told(byId("said").textContent, true);
    return;
  }

  form.reset();
  showWindow();
  await follow(answer.action_attempt.action_attempt_id, answer.access_code.access_code_id,
    order.name);
}

const toLocal = (utc) => {
  const when = new Date(utc * 1000);
  return new Date(when - when.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
};

function showWindow() {
  const form = byId("create").elements;
  const isWindow = form.kind.value === "window";
  byId("window").hidden = !isWindow;
  form.starts.required = form.ends.required = isWindow;
  if (isWindow && form.starts.value === "") {
    const now = Date.parse(byId("clock").dateTime || new Date().toISOString()) / 1000;
    form.starts.value = toLocal(now);
    form.ends.value = toLocal(now + 2 * hour);
  }
}

byId("create").addEventListener("submit", create);
byId("create").elements.kind.addEventListener("change", showWindow);
const found = await (await fetch("/console/lock")).json();
deviceId = found.device_id;
setText(byId("lock-name"), found.name);
