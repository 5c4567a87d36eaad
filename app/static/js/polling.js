// Keeps a part of the page in step with the workshop: asks for a short word, and fetches the page when it changes.

const QUICK = 1000; // milliseconds: the screen follows within two seconds
const CALM = 4000; // phones ask less often while nothing happens
const LONGEST = 15000; // after failures

export function follow(place) {
  const quick = "quick" in place.dataset;
  let pause = QUICK;

  const ask = async () => {
    if (document.visibilityState === "hidden") return;
    try {
      const answer = await fetch(place.dataset.follow, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(8000) });
      if (answer.status === 401 || answer.status === 403) return openAfresh();
      const { state } = await answer.json();
      pause = quick ? QUICK : Math.min(pause * 1.2, CALM);
      if (state !== place.dataset.state) {
        await show();
        pause = QUICK;
      }
    } catch {
      pause = Math.min(pause * 2, LONGEST);
    }
    later();
  };

  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause * (0.9 + Math.random() / 5)); // forty phones do not ask at the same moment
  };

  const show = async () => {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(8000) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-follow]");
    if (!fresh) return openAfresh();
    const focused = document.activeElement?.id;
    place.replaceChildren(...fresh.childNodes);
    place.dataset.state = fresh.dataset.state;
    document.title = page.title;
    if (focused) document.getElementById(focused)?.focus();
  };

  document.addEventListener("visibilitychange", () => {
    pause = QUICK;
    if (document.visibilityState === "visible") ask();
  });
  later();
}

// A reload could send a form again.
const openAfresh = () => location.replace(location.href);
