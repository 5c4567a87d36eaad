// Saves a form while somebody types, and keeps the words in this browser until the server has them.
// A form asks for it with data-saves; components/saving.html holds the words that tell how it goes.
import { keeper, newName } from "./draft_store.js";
import { fill, readable, served, words } from "./form_contents.js";

const PAUSE = 1000; // milliseconds without a key before a save
const LONGEST_PAUSE = 15000; // between two tries without a connection
const LONGEST_WAIT = 10000; // for the answer to a save
const FOR_ONE_QUESTION = ["switch", "carry"]; // buttons that show the same question again
const LARGEST_LAST_WORD = 20000; // signs; a browser sends no more than 64 KiB for a page that is closing

export function saveWhileTyping(form) {
  const keep = keeper(`words:${form.dataset.person}:${location.pathname.replace(/^\/(en|cy)\//, "/")}:`);
  const tell = teller(document.querySelector("[data-save-state]"), () => keep.works);
  const byItself = "byItself" in form.dataset;
  let page = { window: newName(), step: 0 };
  // What was typed before this script came is not what the server has.
  let saved = "typed" in form.dataset ? null : served(form);
  let timer, saving, heard, failures = 0, blocked = false, waiting = false, leaving = false, insists = false;

  const unsaved = () => words(form) !== saved;

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const note = () => {
    keep.put(page.window, { words: words(form), over: form.elements.over.value, step: page.step, at: Date.now() });
  };

  const changed = () => {
    if (!unsaved()) return keep.forget(page.window);
    note();
    if (!byItself || blocked) return;
    tell("typing");
    if (!saving) later(pauseAfter(failures));
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
    if (!unsaved()) return;
    tell("saving");
    sign();
    note();
    const sent = words(form);
    const answer = await post(form, sent.length < LARGEST_LAST_WORD);
    heard = answer.state;
    failures = ["unheard", "again", "overtaken"].includes(heard) ? failures + 1 : 0;
    blocked = ["clash", "closed"].includes(heard);
    if (heard === "saved") acknowledged(sent, answer);
    else if (heard === "again") form.elements.csrf_token.value = answer.csrf_token;
    else if (heard !== "overtaken") tell(heard, { reason: answer.sentences?.[0] });
    if (!byItself || blocked) return;
    if (failures || words(form) !== sent) later(pauseAfter(failures));
    else if (heard === "signed out") later(LONGEST_PAUSE); // signed in again in another window, it goes on
  };

  const acknowledged = (sent, answer) => {
    saved = sent;
    insists = false;
    form.elements.over.value = answer.version;
    form.elements.kept.value = 0;
    tell("saved", { time: answer.at });
    changed();
  };

  // A button: first make sure that the words have arrived, then let the page go where it leads. Out of reach
  // of the server it leads nowhere: the words stay on the page, unless somebody insists by pressing again.
  const leave = async (event) => {
    const { submitter } = event;
    const saves = byItself || !FOR_ONE_QUESTION.includes(submitter?.name);
    if (leaving || !(saving || (saves && !blocked && unsaved()))) {
      leaving = true;
      return sign();
    }
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    await saving;
    if (saves && !blocked) await save();
    waiting = false;
    insists = heard === "unheard" && unsaved() && !insists;
    leaving = !insists;
    if (leaving) form.requestSubmit(submitter);
  };

  const saveNow = () => { if (byItself && !blocked && unsaved()) save(); };

  const offer = async () => {
    const [found] = (await keep.left()).filter(([name, draft]) => name !== page.window && !settled(name, draft));
    const box = document.querySelector("[data-offer]");
    if (!box) return;
    box.hidden = !found;
    if (!found) return;
    const [name, draft] = found;
    const says = box.querySelector("[data-offer-says]");
    const languages = [`${document.documentElement.lang}-GB`, "en-GB"];
    const moment = new Date(draft.at).toLocaleString(languages, { dateStyle: "long", timeStyle: "short" });
    says.textContent = says.dataset.offerSays.replace("{moment}", moment);
    box.querySelector("[data-offer-words]").textContent = readable(form, draft.words);
    box.querySelector("[data-offer-take]").onclick = () => take(name, draft).then(offer);
    box.querySelector("[data-offer-drop]").onclick = () => { keep.forget(name); offer(); };
  };

  // Words of an earlier window that are here already need not be offered.
  const settled = (name, draft) => {
    const here = draft.words === words(form);
    if (here) keep.forget(name);
    return here;
  };

  // Goes on as the window that kept the words: over what that had seen, and after its last save.
  const take = async (name, draft) => {
    await saving;
    if (!await keep.claim(name)) return; // another window was quicker
    page = { window: name, step: draft.step };
    saved = null;
    blocked = false;
    form.elements.over.value = draft.over;
    fill(form, draft.words);
    changed();
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  };

  form.autocomplete = "off"; // what the browser itself puts back after Back or a reload may be older than the page
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", leave);
  addEventListener("online", saveNow);
  addEventListener("beforeunload", (event) => { if (!keep.works && !leaving && unsaved()) event.preventDefault(); });
  addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", saveNow);
  keep.claim(page.window);
  if (unsaved()) changed();
  offer();
}

const pauseAfter = (failures) => Math.min(PAUSE * 2 ** failures, LONGEST_PAUSE);

// Tells in passing how saving goes; aloud, to those who listen, only that it goes wrong and that it is right again.
function teller(state, isKept) {
  if (!state) return () => {};
  const [passing, aloud] = state.children;
  let wrong = false;
  return (word, values = {}) => {
    const goesOn = word === "typing" || word === "saving";
    if (goesOn && wrong) return;
    const [here, there] = wrong || !(goesOn || word === "saved") ? [aloud, passing] : [passing, aloud];
    wrong = here === aloud && word !== "saved";
    let says = state.getAttribute(`data-${word.replace(" ", "-")}`);
    for (const [name, value] of Object.entries(values)) says = says.replace(`{${name}}`, value);
    if (wrong) says += ` ${isKept() ? state.dataset.kept : state.dataset.unkept}`;
    if (here.textContent !== says) here.textContent = says;
    there.textContent = "";
  };
}

async function post(form, outlivesThePage) {
  const options = {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
    redirect: "error",
    keepalive: outlivesThePage,
    signal: AbortSignal.timeout(LONGEST_WAIT),
  };
  try {
    const answer = await fetch(form.dataset.saves, options);
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) return await answer.json();
    return { state: [403, 404].includes(answer.status) ? "closed" : "unheard" };
  } catch {
    return { state: "unheard" };
  }
}
