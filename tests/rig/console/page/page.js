// What the modules share.

export const byId = (id) => document.getElementById(id);

/** Writes only what differs: a screen reader hears each change once. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Makes an element. */
export function make(tag, className = "", text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Says something, also to a screen reader. */
export function say(text, kind) {
  byId("said").className = `said ${kind}`;
  setText(byId("said"), text);
}

/** Sends JSON; gives what came back, or null after saying what went wrong. */
export async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const json = answer.status === 204 ? {} : await answer.json();
    if (answer.ok) {
      return json;
    }

    const problems = Object.values(json.error?.validation_errors ?? {})
      .flatMap((problem) => problem?._errors ?? []);
    say(problems[0] ?? json.error?.message ?? `HTTP ${answer.status}`, "bad");
  } catch {
    say("The rig cannot be reached.", "bad");
  }

  return null;
}
