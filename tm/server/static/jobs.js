// Long work as a job of the server: begun, watched until it is over, and stopped where nobody wants it any more.

const JOBS = "/api/v1/jobs";
const LOOK_AGAIN = [50, 100, 150, 250, 400]; // milliseconds; the last one again and again

// Letters of a request that is done at once: a job has a process of its own, which takes a second to begin.
const SHORT = 16000;

// What an operation gives. Where it may take long the server does it as a job, which ends with the signal, and with
// the page.
async function callLong(operation, path, values, { signal, onProgress = () => {} } = {}) {
  if (JSON.stringify(values).length < SHORT) return call("POST", path, { body: values, signal });
  let job = await call("POST", JOBS, { body: { operation, values } });
  const place = `${JOBS}/${job.number}`;
  const stop = () => fetch(place, { method: "DELETE", keepalive: true }).catch(() => {});
  addEventListener("pagehide", stop);
  try {
    for (let look = 0; job.state === "waiting" || job.state === "running"; look += 1) {
      await pause(LOOK_AGAIN[Math.min(look, LOOK_AGAIN.length - 1)], signal);
      job = await call("GET", place, { signal });
      onProgress(job);
    }
    if (job.state !== "done") throw new Refusal(422, job.error);
    return await call("GET", `${place}/result`, { signal });
  } finally {
    removeEventListener("pagehide", stop);
    stop();
  }
}

function pause(milliseconds, signal) {
  return new Promise((done, failed) => {
    const end = () => failed(signal.reason);
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end, { once: true });
    setTimeout(() => {
      signal?.removeEventListener("abort", end);
      done();
    }, milliseconds);
  });
}

// Why work stops that other work takes the place of.
const NEWER = new DOMException("newer work", "AbortError");

// The bar of long work that a page shows: how far it is, and the button and the key that stop it.
function workingBar() {
  const place = document.querySelector(".working");
  const bar = place.querySelector("progress");
  let stopping = new AbortController();
  place.querySelector("[data-do=cancel]").addEventListener("click", () => stopping.abort());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !place.hidden) stopping.abort();
  });
  return {
    // From here on the bar is shown; gives the signal that says that the work shall stop.
    begin() {
      stopping.abort(NEWER);
      stopping = new AbortController();
      place.hidden = false;
      return stopping.signal;
    },
    // A step of several; of its own parts so many are done.
    show(name, { step = 0, steps = 1, done = 0, total = 0 } = {}) {
      if (total || steps > 1) bar.value = (step + (total ? done / total : 0)) / steps;
      else bar.removeAttribute("value");
      const far = total ? t("{done} of {total}", { done: numeral(done), total: numeral(total) }) : "";
      place.querySelector("[data-step]").textContent = [`${name}…`, far].filter(Boolean).join(" ");
    },
    end() {
      place.hidden = true;
    },
  };
}
