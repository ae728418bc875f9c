// The console: listens to /console/state, shows what it tells, sends what is pressed. What a module
// shows is in a file of its own.

import { showCodes, tickCodes } from "/console/codes.js";
import { showSectors } from "/console/flash.js";
import { showChange } from "/console/log.js";
import { byId, post, say, setText } from "/console/page.js";

const lampMs = 180;
const typedMax = 12;
const keysMax = 20;
const pins = {};
let lock = null;
let typed = 0;
let waiting = "";
let isSending = false;

// A pulse may be over before the next look: a change is shown for a moment even then.
function showPin(name, pin, show) {
  const known = (pins[name] ??= { changes: pin.changes, until: 0 });
  if (pin.changes !== known.changes && !pin.is_active) {
    known.until = performance.now() + lampMs;
    setTimeout(() => show(pins[name].isActive), lampMs + 10);
  }

  known.changes = pin.changes;
  known.isActive = pin.is_active;
  show(pin.is_active || performance.now() < known.until);
}

function showLamp(id, isOn) {
  const lamp = byId(id);
  lamp.classList.toggle("on", isOn);
  setText(lamp.querySelector("b"), isOn ? "on" : "off");
}

function showStrike(isOn) {
  setText(byId("strike"), isOn ? "energized" : "released");
  byId("strike").classList.toggle("hot", isOn);
  byId("leaf").classList.toggle("free", isOn);
}

function showPill(id, isGood, text) {
  byId(id).classList.toggle("off", !isGood);
  setText(byId(id), text);
}

function showButton(id, isOn, text) {
  byId(id).classList.toggle("on", isOn);
  setText(byId(id), text);
}

function showLock(now) {
  const before = lock;
  lock = now;
  for (const lamp of ["granted", "denied", "buzzer"]) {
    showPin(lamp, now[lamp], (isOn) => showLamp(lamp, isOn));
  }

  showPin("strike", now.strike, showStrike);
  setText(byId("contact"), now.is_door_open ? "open" : "closed");
  byId("leaf").classList.toggle("open", now.is_door_open);
  showButton("door-button", now.is_door_open,
    now.is_door_open ? "Shut the door" : "Open the door");
  showButton("power-button", !now.is_powered,
    now.is_powered ? "Cut the power" : "Give the power back");
  showButton("network-button", !now.has_network,
    now.has_network ? "Cut the network" : "Give the network back");
  showPill("pill-power", now.is_powered, now.is_powered ? "Power" : "No power");
  showPill("pill-network", now.has_network, now.has_network ? "Network" : "No network");
  showPill("pill-broker", now.is_online, now.is_online ? "Online" : "Not online");
  setText(byId("codes-count"), `${now.codes} of ${now.capacity} on the lock`);
  showClock();
  if (before) {
    tell(before, now);
  }
}

function tell(before, now) {
  if (before.is_powered !== now.is_powered) {
    say(now.is_powered ? "The power is back." : "The power is cut.",
      now.is_powered ? "" : "bad");
  } else if (before.has_network !== now.has_network) {
    say(now.has_network ? "The network is back." : "The network is cut.",
      now.has_network ? "" : "bad");
  } else if (!before.strike.is_active && now.strike.is_active) {
    say("The strike is energized: the door can be opened.", "good");
  } else if (!before.is_online && now.is_online) {
    say("The lock is online.", "");
  }
}

function showClock() {
  if (!lock || lock.utc === null) {
    setText(byId("clock"), "not known");
    return;
  }

  const shown = new Date(lock.utc * 1000);
  byId("clock").dateTime = shown.toISOString();
  setText(byId("clock"), shown.toLocaleString(undefined,
    { dateStyle: "medium", timeStyle: "medium" }));
  const off = lock.clock_offset_seconds;
  setText(byId("clock-offset"),
    off === 0 ? "" : `(${off > 0 ? "+" : "−"}${Math.round(Math.abs(off) / 360) / 10} h)`);
  tickCodes(lock.utc);
}

function press(key) {
  typed = key === "*" || key === "#" ? 0 : Math.min(typed + 1, typedMax);
  setText(byId("typed"), "•".repeat(typed));
  const button = document.querySelector(`[data-key="${key}"]`);
  button.classList.add("down");
  setTimeout(() => button.classList.remove("down"), 120);
  waiting += key;
  send();
}

// One request at a time: several might overtake each other.
async function send() {
  while (!isSending && waiting !== "") {
    const keys = waiting.slice(0, keysMax);
    waiting = waiting.slice(keys.length);
    isSending = true;
    await post("/console/keys", { keys });
    isSending = false;
  }
}

// Keys count at the keypad, or where nothing else has the focus.
function keyOf(event) {
  const target = event.target;
  const isAtKeypad = byId("keypad").contains(target);
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat
    || (!isAtKeypad && target !== document.body)) {
    return null;
  }

  if (/^[0-9]$/.test(event.key)) {
    return event.key;
  }

  return event.key === "Escape" || event.key === "Backspace" ? "*"
    : event.key === "Enter" && target.tagName !== "BUTTON" ? "#" : null;
}

function listen() {
  const stream = new EventSource("/console/state");
  const on = (name, show) =>
    stream.addEventListener(name, (event) => show(JSON.parse(event.data), event.lastEventId));
  on("lock", showLock);
  on("sectors", showSectors);
  on("codes", (codes) => showCodes(codes, lock?.utc ?? Date.now() / 1000));
  on("change", showChange);
  stream.addEventListener("open", () => showPill("pill-page", true, "Page"));
  stream.addEventListener("error", () => showPill("pill-page", false, "Rig not reached"));
}

document.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  if (key) {
    event.preventDefault();
    press(key);
  }
});
for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("click", () => press(button.dataset.key));
}

for (const button of document.querySelectorAll("[data-step]")) {
  const seconds = button.dataset.step;
  button.addEventListener("click", () =>
    post("/console/clock", seconds === "" ? {} : { seconds: Number(seconds) }));
}

byId("door-button").addEventListener("click",
  () => post("/console/door", { open: !lock.is_door_open }));
byId("power-button").addEventListener("click",
  () => post("/console/power", { on: !lock.is_powered }));
byId("network-button").addEventListener("click",
  () => post("/console/network", { on: !lock.has_network }));
listen();
