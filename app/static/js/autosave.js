// Saves a form while somebody types, and keeps a draft in this browser until the server has saved it.
// Starts on forms with data-autosave-url; templates/saving/_status.html holds the sentences it shows.
import { draftStore, newClientId } from "./draft_store.js";
import { fillForm, readableText, serializeForm, serverContents } from "./form_contents.js";

const SAVE_DELAY = 1000; // milliseconds after the last key
const MAXIMUM_DELAY = 15000; // milliseconds between two attempts without a connection
const REQUEST_TIMEOUT = 10000; // milliseconds
const KEEPALIVE_LIMIT = 20000; // characters; a browser sends at most 64 KiB for a page that is closing
const RELOADING_BUTTONS = ["switch_language", "copy_previous"]; // they show the same form again
const RETRIED = ["network_error", "new_csrf_token", "superseded"]; // states after which saving is tried again
const FINAL = ["conflict", "closed"]; // states after which only the page's own button saves

export function startAutosave(form) {
  const path = location.pathname.replace(/^\/(en|cy)\//, "/");
  const drafts = draftStore(`${form.dataset.person}:${path}:`);
  const report = statusReporter(document.querySelector("[data-save-state]"), () => drafts.works);
  const savesByItself = "autosave" in form.dataset; // else the script only keeps drafts and checks on leaving
  let clientId = newClientId(), sequenceNo = 0;
  // The last text that the server saved; a form that was shown again with unsaved text has none.
  let saved = "hasUnsaved" in form.dataset ? null : serverContents(form);
  let timer, saving, lastState, failures = 0, blocked = false, waiting = false, leaving = false, forceSubmit = false;

  const isUnsaved = () => serializeForm(form) !== saved;

  const saveAfter = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  const storeDraft = () => {
    const baseVersion = form.elements.base_version.value;
    drafts.save(clientId, { text: serializeForm(form), baseVersion, sequenceNo, typedAt: Date.now() });
  };

  const changed = () => {
    if (!isUnsaved()) return drafts.discard(clientId);
    storeDraft();
    if (!savesByItself || blocked) return;
    report("typing");
    if (!saving) saveAfter(retryDelay(failures));
  };

  // The server tells late copies of a save from later ones by these two fields (app/domain/saving/decision.py).
  const stampForm = () => {
    sequenceNo += 1;
    form.elements.client_id.value = clientId;
    form.elements.sequence_no.value = sequenceNo;
  };

  // One save at a time: what is typed meanwhile goes with the next one.
  const save = () => (saving ??= send().finally(() => { saving = undefined; }));

  const send = async () => {
    clearTimeout(timer);
    if (!isUnsaved()) return;
    report("saving");
    stampForm();
    storeDraft();
    const sent = serializeForm(form);
    const answer = await post(form, sent.length < KEEPALIVE_LIMIT);
    lastState = answer.state;
    failures = RETRIED.includes(lastState) ? failures + 1 : 0;
    blocked = FINAL.includes(lastState);
    if (lastState === "saved") acknowledge(sent, answer);
    else if (lastState === "new_csrf_token") form.elements.csrf_token.value = answer.csrf_token;
    else if (lastState !== "superseded") report(lastState, { reason: answer.sentences?.[0] });
    if (!savesByItself || blocked) return;
    if (failures || serializeForm(form) !== sent) saveAfter(retryDelay(failures));
    else if (lastState === "signed_out") saveAfter(MAXIMUM_DELAY); // the person may sign in again in another tab
  };

  const acknowledge = (sent, answer) => {
    saved = sent;
    forceSubmit = false;
    form.elements.base_version.value = answer.version;
    form.elements.stashed_form.value = 0;
    report("saved", { time: answer.at });
    changed();
  };

  // Before a button's request goes out, save what is unsaved. Without a connection the page stays open, so that
  // nothing is lost with it; a second press of the button sends the form all the same.
  const beforeLeaving = async (event) => {
    const { submitter } = event;
    const mustSave = savesByItself || !RELOADING_BUTTONS.includes(submitter?.name);
    if (leaving || !(saving || (mustSave && !blocked && isUnsaved()))) {
      leaving = true;
      return stampForm();
    }
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    await saving;
    if (mustSave && !blocked) await save();
    waiting = false;
    forceSubmit = lastState === "network_error" && isUnsaved() && !forceSubmit;
    leaving = !forceSubmit;
    if (leaving) form.requestSubmit(submitter);
  };

  const saveNow = () => { if (savesByItself && !blocked && isUnsaved()) save(); };

  // Discards the drafts of earlier pages that say what this form says, and offers the newest of the others.
  const offerUnsavedDraft = async () => {
    const earlier = (await drafts.orphanedDrafts()).filter(([id]) => id !== clientId);
    const inForm = serializeForm(form);
    for (const [id, draft] of earlier) if (draft.text === inForm) drafts.discard(id);
    const found = earlier.find(([, draft]) => draft.text !== inForm);
    const box = document.querySelector("[data-unsaved-draft]");
    if (!box) return;
    box.hidden = !found;
    if (!found) return;
    const [id, draft] = found;
    showDraft(box, form, draft);
    box.querySelector("[data-unsaved-draft-restore]").onclick = () => restoreDraft(id, draft).then(offerUnsavedDraft);
    box.querySelector("[data-unsaved-draft-discard]").onclick = () => { drafts.discard(id); offerUnsavedDraft(); };
  };

  // Continues as the client that kept the draft: over the version it had read, and after its last save.
  const restoreDraft = async (id, draft) => {
    await saving;
    if (!await drafts.acquireLock(id)) return; // another tab has restored it first
    clientId = id;
    sequenceNo = draft.sequenceNo;
    saved = null;
    blocked = false;
    form.elements.base_version.value = draft.baseVersion;
    fillForm(form, draft.text);
    changed();
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  };

  form.autocomplete = "off"; // what a browser puts back after Back or a reload may be older than the page
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", beforeLeaving);
  addEventListener("online", saveNow);
  addEventListener("beforeunload", (event) => { if (!drafts.works && !leaving && isUnsaved()) event.preventDefault(); });
  addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", saveNow);
  drafts.acquireLock(clientId);
  if (isUnsaved()) changed();
  offerUnsavedDraft();
}

const retryDelay = (failures) => Math.min(SAVE_DELAY * 2 ** failures, MAXIMUM_DELAY);

function showDraft(box, form, draft) {
  const sentence = box.querySelector("[data-unsaved-draft-sentence]");
  const languages = [`${document.documentElement.lang}-GB`, "en-GB"];
  const moment = new Date(draft.typedAt).toLocaleString(languages, { dateStyle: "long", timeStyle: "short" });
  sentence.textContent = sentence.dataset.unsavedDraftSentence.replace("{moment}", moment);
  box.querySelector("[data-unsaved-draft-text]").textContent = readableText(form, draft.text);
}

// Shows how saving goes. Screen readers announce only a failure and the first success after it.
function statusReporter(place, isKept) {
  if (!place) return () => {};
  const [quiet, announced] = place.children;
  let hasFailed = false;
  return (state, values = {}) => {
    const isPassing = state === "typing" || state === "saving";
    if (isPassing && hasFailed) return;
    const [used, unused] = hasFailed || !(isPassing || state === "saved") ? [announced, quiet] : [quiet, announced];
    hasFailed = used === announced && state !== "saved";
    let sentence = place.getAttribute(`data-${state.replaceAll("_", "-")}`);
    for (const [name, value] of Object.entries(values)) sentence = sentence.replace(`{${name}}`, value);
    if (hasFailed) sentence += ` ${isKept() ? place.dataset.kept : place.dataset.unkept}`;
    if (used.textContent !== sentence) used.textContent = sentence;
    unused.textContent = "";
  };
}

// Returns what the server answered: {state, ...}, see autosave_response in app/forms/saving.py.
async function post(form, outlivesThePage) {
  const options = {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
    redirect: "error",
    keepalive: outlivesThePage,
    signal: AbortSignal.timeout(REQUEST_TIMEOUT),
  };
  try {
    const answer = await fetch(form.dataset.autosaveUrl, options);
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) return await answer.json();
    return { state: [403, 404].includes(answer.status) ? "closed" : "network_error" };
  } catch {
    return { state: "network_error" };
  }
}
