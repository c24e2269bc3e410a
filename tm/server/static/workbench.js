// What the scripts of the workbench share: calls of the server, and what is said of them.

// A refusal by the server: its status (409: somebody else was quicker), and its words.
class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// Asks the server; throws a Refusal where it says no, and where it cannot be reached.
async function call(method, path, { query, body, signal } = {}) {
  const address = query ? `${path}?${new URLSearchParams(query)}` : path;
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  let answer;
  try {
    answer = await fetch(address, { method, headers, signal, body: body && JSON.stringify(body) });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, t("The server does not answer."));
  }
  const read = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, read.error ?? answer.statusText);
  return read;
}

// Work that must be done one after the other.
function inTurn() {
  let last = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}

// Asks again and again, one question at a time: what changes while an answer is awaited is asked when it is there, so
// that letters that nobody waits for any more do not queue up before the last one.
function oneAtATime(ask) {
  let isAsking = false;
  let isNewer = false;
  return async function again() {
    isNewer = isAsking;
    if (isAsking) return;
    isAsking = true;
    try {
      await ask();
    } finally {
      isAsking = false;
    }
    if (isNewer) await again();
  };
}

// Draws entries anew; the one that had the focus has it again, by the name that name gives it.
function keepingFocus(name, draw) {
  const before = document.activeElement?.closest("[data-stop]");
  const wanted = before && name(before);
  draw();
  if (!before || before.isConnected) return;
  const again = [...document.querySelectorAll("[data-stop]")].find((item) => name(item) === wanted);
  again?.focus({ preventScroll: true });
}

// Said at the lower edge of the window, and to those who listen; an alert stays until something else is said.
function say(text, { alert = false } = {}) {
  const place = document.querySelector(".said");
  place.classList.toggle("alert", alert);
  place.textContent = text;
}

// Whether a key is meant for what has the focus: a field takes letters.
const isField = (element) =>
  Boolean(element?.matches?.("input:not([type=checkbox], [type=radio]), select, textarea"));

const unmodified = (event) => !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing);

// The address has what is searched for, so that it can be kept, sent, and gone back to: fields of a form by the names
// that they have there. What stands as at first is left out; what else the address says stays.
function keepAddress(fields) {
  const values = new URLSearchParams(location.search);
  for (const [name, field] of Object.entries(fields)) {
    if (valueOf(field) === firstValueOf(field)) values.delete(name);
    else values.set(name, valueOf(field));
  }
  history.replaceState(null, "", values.size ? `?${values}` : location.pathname);
}

// Puts what the address says into the fields; gives all that it says.
function fromAddress(fields) {
  const values = new URLSearchParams(location.search);
  for (const [name, field] of Object.entries(fields).filter(([each]) => values.has(each))) {
    if (field.type === "checkbox") field.checked = values.get(name) === "true";
    else field.value = values.get(name);
  }
  return values;
}

const valueOf = (field) => (field.type === "checkbox" ? String(field.checked) : field.value.trim());

function firstValueOf(field) {
  if (field.type === "checkbox") return String(field.defaultChecked);
  return field.options ? [...field.options].find((option) => option.defaultSelected)?.value ?? field.options[0]?.value : "";
}

// Another language is the same page with all that its address says.
for (const link of document.querySelectorAll(".languages a"))
  link.addEventListener("click", () => {
    const values = new URLSearchParams(location.search);
    values.set("language", link.lang);
    link.search = values;
  });
