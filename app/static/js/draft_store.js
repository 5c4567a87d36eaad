// The words that this browser keeps for one person and one page, by the window in which they were typed.

export const newName = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString().slice(2)}`;

// Each window has an entry of its own, so that two that write at once lose nothing. It also holds a lock of that
// name as long as it is open, whatever ends it: what is being written in one window is not offered in another.
export function keeper(place) {
  const mine = new Set();
  const keep = {
    works: true, // false when the browser's store is full or forbidden

    put(name, draft) {
      try {
        localStorage.setItem(place + name, JSON.stringify(draft));
        keep.works = true;
      } catch {
        keep.works = false;
      }
    },

    forget(name) {
      try { localStorage.removeItem(place + name); } catch { /* forbidden: nothing was kept */ }
    },

    // Whether this window may go on under that name: no other that is open has it.
    claim: (name) => new Promise((decide) => {
      const hold = (lock) => {
        decide(Boolean(lock) || mine.has(name));
        return lock && mine.add(name) && new Promise(() => {});
      };
      if (navigator.locks) navigator.locks.request(place + name, { ifAvailable: true }, hold).catch(() => decide(true));
      else decide(true);
    }),

    // What windows left behind that are open no more, the newest first: pairs of name and draft.
    async left() {
      const locks = await navigator.locks?.query().catch(() => undefined);
      const held = new Set(locks?.held.map((lock) => lock.name));
      const others = stored().filter((key) => key.startsWith(place)).map((key) => key.slice(place.length));
      const drafts = others.filter((name) => mine.has(name) || !held.has(place + name)).map((name) => [name, read(place + name)]);
      return drafts.filter(([, draft]) => draft).sort(([, one], [, other]) => other.at - one.at);
    },
  };
  return keep;
}

function stored() {
  try { return Object.keys(localStorage); } catch { return []; }
}

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}
