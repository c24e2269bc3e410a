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

// Another language is the same page with all that its address says.
for (const link of document.querySelectorAll(".languages a"))
  link.addEventListener("click", () => {
    const values = new URLSearchParams(location.search);
    values.set("language", link.lang);
    link.search = values;
  });
