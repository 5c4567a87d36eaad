// Saves a form while somebody types, and keeps the words in this browser until the server has them.
// A form asks for it with data-saves; components/saving.html holds the words that tell how it goes.

const PAUSE = 1000; // milliseconds without a key before a save
const LONGEST_PAUSE = 15000; // between two tries without a connection
const OF_ONE_SENDING = new Set(["csrf_token", "pen", "switch", "leave", "carry", "window", "step", "over", "kept"]);

export function saveWhileTyping(form) {
  const state = document.querySelector("[data-save-state]");
  const keep = keeper(`words:${form.dataset.person}:${location.pathname.replace(/^\/(en|cy)\//, "/")}`);
  const byItself = "byItself" in form.dataset;
  let page = { window: crypto.randomUUID?.() ?? String(Math.random()).slice(2), step: 0 };
  let saved = "typed" in form.dataset ? null : words(form);
  let timer, saving, failures = 0, blocked = false, leaving = false;

  const tell = (word, values = {}) => {
    if (!state) return;
    const says = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), state.dataset[word]);
    state.hidden = false;
    if (state.textContent !== says) state.textContent = says;
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const changed = () => {
    const now = words(form);
    if (now === saved) return keep.forget(page.window);
    keep.put(page.window, { words: now, over: form.elements.over.value, step: page.step, at: Date.now() });
    if (!byItself || blocked) return;
    if (!failures) tell("typing");
    if (!saving) later(failures ? pauseAfter(failures) : PAUSE);
  };

  const sign = () => {
    page.step += 1;
    form.elements.window.value = page.window;
    form.elements.step.value = page.step;
  };

  // One save at a time: what is typed meanwhile goes with the next one.
  const save = () => (saving ??= send().finally(() => { saving = undefined; }));

  const send = async () => {
    clearTimeout(timer);
    const sent = words(form);
    if (sent === saved) return true;
    if (!failures) tell("saving");
    sign();
    const answer = await post(form);
    failures = answer.state === "unheard" ? failures + 1 : 0;
    if (answer.state === "saved") return acknowledged(sent, answer);
    if (answer.state === "again") {
      form.elements.csrf_token.value = answer.csrf_token;
      later(PAUSE);
    } else if (answer.state === "overtaken") later(PAUSE);
    else if (answer.state === "unheard") {
      tell("retry");
      later(pauseAfter(failures));
    } else if (answer.state === "refused") tell("refused", { reason: answer.sentences[0] });
    else if (answer.state === "signed out") {
      tell("signedOut");
      later(LONGEST_PAUSE); // signed in again in another window, it goes on
    } else {
      blocked = answer.state === "clash" || answer.state === "closed";
      tell(blocked ? answer.state : "retry");
    }
    return false;
  };

  const acknowledged = (sent, answer) => {
    saved = sent;
    form.elements.over.value = answer.version;
    form.elements.kept.value = 0;
    tell("saved", { time: answer.at });
    changed();
    return words(form) === sent;
  };

  // A button: first make sure that the words have arrived, then let the page go where it leads.
  const leave = async (event) => {
    if (leaving === "now") return;
    const { submitter } = event;
    if (submitter && ["switch", "carry"].includes(submitter.name)) return sign();
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    if (saving) await saving;
    if (!blocked) await save();
    sign();
    leaving = "now";
    form.requestSubmit(submitter);
  };

  const offer = () => {
    const [found] = keep.all().filter(([name, draft]) => name !== page.window && !settle(name, draft));
    const box = document.querySelector("[data-offer]");
    if (!found || !box) return;
    const [name, draft] = found;
    const says = box.querySelector("[data-offer-says]");
    says.textContent = says.dataset.offerSays.replace("{moment}", new Date(draft.at).toLocaleString(document.documentElement.lang));
    box.querySelector("[data-offer-words]").textContent = readable(draft.words);
    box.querySelector("[data-offer-take]").onclick = () => { take(name, draft); decided(box, name); };
    box.querySelector("[data-offer-drop]").onclick = () => decided(box, name);
    box.hidden = false;
  };

  const decided = (box, name) => {
    box.hidden = true;
    keep.forget(name);
    changed();
    offer();
  };

  // Words of an earlier window that are here already need not be offered.
  const settle = (name, draft) => {
    const here = draft.words === words(form);
    if (here) keep.forget(name);
    return here;
  };

  const take = (name, draft) => {
    fill(form, draft.words);
    form.elements.over.value = draft.over;
    page = { window: name, step: draft.step + 1 };
    saved = null;
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", leave);
  addEventListener("online", () => { if (failures) save(); });
  addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && byItself && !blocked && words(form) !== saved) save();
  });
  offer();
  if (saved === null) changed();
}

const pauseAfter = (failures) => Math.min(PAUSE * 2 ** failures, LONGEST_PAUSE);

// What a person has put in, as one comparable text: pairs of name and value, in the order of the page.
function words(form) {
  return JSON.stringify([...new FormData(form)].filter(([name]) => !OF_ONE_SENDING.has(name)).map(([name, value]) => [name, String(value)]));
}

const readable = (kept) => JSON.parse(kept).map(([, value]) => value).filter(Boolean).join("\n\n");

function fill(form, kept) {
  const pairs = JSON.parse(kept);
  for (const field of form.elements) {
    if (!field.name || OF_ONE_SENDING.has(field.name)) continue;
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked !== values.includes(field.value)) field.click();
    } else if (values.length) field.value = values[0];
  }
}

async function post(form) {
  const headers = { Accept: "application/json" };
  try {
    const options = { method: "POST", body: new FormData(form), headers, redirect: "error", signal: AbortSignal.timeout(10000) };
    const answer = await fetch(form.dataset.saves, options);
    return answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : { state: "unheard" };
  } catch {
    return { state: "unheard" };
  }
}

// The words that this browser keeps for one person and one page, by the window in which they were typed.
function keeper(place) {
  const read = () => {
    try { return JSON.parse(localStorage.getItem(place)) ?? {}; } catch { return {}; }
  };
  const write = (all) => {
    try {
      if (Object.keys(all).length) localStorage.setItem(place, JSON.stringify(all));
      else localStorage.removeItem(place);
    } catch { /* full or forbidden: the server still gets the words, and says when it does not */ }
  };
  return {
    all: () => Object.entries(read()).sort(([, one], [, other]) => other.at - one.at),
    put: (name, draft) => write({ ...read(), [name]: draft }),
    forget: (name) => { const { [name]: _gone, ...rest } = read(); write(rest); },
  };
}
