// Refreshes a part of a page while the workshop goes on: asks for its state token, fetches the page when that changes.

const FAST_INTERVAL = 1000; // milliseconds: the projector follows within two seconds
const SLOW_INTERVAL = 4000; // phones ask less often while nothing happens
const MAXIMUM_INTERVAL = 15000; // after failures
const REQUEST_TIMEOUT = 8000;

export function pollState(place) {
  const isFast = "pollFast" in place.dataset;
  let interval = FAST_INTERVAL;

  const poll = async () => {
    if (document.visibilityState === "hidden") return;
    try {
      const options = { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(REQUEST_TIMEOUT) };
      const answer = await fetch(place.dataset.pollUrl, options);
      if (answer.status === 401 || answer.status === 403) return openAgain();
      const { state } = await answer.json();
      interval = isFast ? FAST_INTERVAL : Math.min(interval * 1.2, SLOW_INTERVAL);
      if (state !== place.dataset.state) {
        await refresh();
        interval = FAST_INTERVAL;
      }
    } catch {
      interval = Math.min(interval * 2, MAXIMUM_INTERVAL);
    }
    pollLater();
  };

  let timer;
  const pollLater = () => {
    clearTimeout(timer);
    timer = setTimeout(poll, interval * (0.9 + Math.random() / 5)); // so that forty phones do not ask at one moment
  };

  const refresh = async () => {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(REQUEST_TIMEOUT) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-poll-url]");
    if (!fresh) return openAgain();
    const focused = document.activeElement?.id;
    place.replaceChildren(...fresh.childNodes);
    place.dataset.state = fresh.dataset.state;
    document.title = page.title;
    if (focused) document.getElementById(focused)?.focus();
  };

  document.addEventListener("visibilitychange", () => {
    interval = FAST_INTERVAL;
    if (document.visibilityState === "visible") poll();
  });
  pollLater();
}

// A reload could send a form again.
const openAgain = () => location.replace(location.href);
