// Drafts that this browser keeps for one person and one page, by the client (one open page) that typed them.

export const newClientId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString().slice(2)}`;

// Each client has an entry of its own, so that two that write at once lose nothing. It holds a lock of the same
// name until its page is gone, for whatever reason: what one page is still writing is not offered on another.
export function draftStore(page) {
  const place = `draft:${page}`;
  const ours = new Set();

  const isLocked = async () => {
    const locks = await navigator.locks?.query().catch(() => undefined);
    const held = new Set(locks?.held.map((lock) => lock.name));
    return (key) => held.has(key);
  };

  const store = {
    works: true, // false when the browser's storage is full or forbidden

    save(id, draft) {
      try {
        localStorage.setItem(place + id, JSON.stringify(draft));
        store.works = true;
      } catch {
        store.works = false;
      }
    },

    discard(id) {
      try { localStorage.removeItem(place + id); } catch { /* forbidden: nothing was stored */ }
    },

    // Resolves to whether this page may continue under that id: no other open page has it.
    acquireLock: (id) => new Promise((resolve) => {
      const hold = (lock) => {
        resolve(Boolean(lock) || ours.has(id));
        return lock && ours.add(id) && new Promise(() => {});
      };
      if (navigator.locks) navigator.locks.request(place + id, { ifAvailable: true }, hold).catch(() => resolve(true));
      else resolve(true);
    }),

    // Resolves to the drafts of pages that are no longer open, the newest first, as pairs of id and draft.
    async orphanedDrafts() {
      const isHeld = await isLocked();
      takeOverEarlierDrafts(page, place, isHeld);
      const ids = storedKeys().filter((key) => key.startsWith(place)).map((key) => key.slice(place.length));
      const drafts = ids.filter((id) => ours.has(id) || !isHeld(place + id)).map((id) => [id, read(place + id)]);
      return drafts.filter(([, draft]) => draft).sort(([, one], [, other]) => other.typedAt - one.typedAt);
    },
  };
  return store;
}

// Drafts kept by the script of the release before, under other names. To be deleted with the next release.
function takeOverEarlierDrafts(page, place, isHeld) {
  const earlier = `words:${page}`;
  for (const key of storedKeys().filter((each) => each.startsWith(earlier) && !isHeld(each))) {
    const draft = read(key);
    if (!draft) continue;
    const renamed = { text: draft.words, baseVersion: draft.over, sequenceNo: draft.step, typedAt: draft.at };
    try {
      localStorage.setItem(place + key.slice(earlier.length), JSON.stringify(renamed));
      localStorage.removeItem(key);
    } catch { /* storage is full: the draft stays where it is */ }
  }
}

function storedKeys() {
  try { return Object.keys(localStorage); } catch { return []; }
}

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}
