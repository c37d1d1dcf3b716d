// Keeps chats while their page is away. When a page goes away no .NET code can run any more, so this module
// always has the newest of what has to be kept, and writes it itself.
//
// What is written exists only while no page of the tab is alive: a page takes it when it comes, and removes it.
// So a tab that is duplicated, which copies sessionStorage, gets neither the tab's id nor a conversation,
// and two tabs never restore one chat.

const tabKey = "chatgen-tab";

/** Cookies by name: who keeps what, and for how many seconds it is to outlive the page. */
const kept = new Map();

/** Paths of cookies by name. */
const paths = new Map();

/** Histories by key of sessionStorage: lines of JSON. */
const histories = new Map();

/** Histories that an earlier page has left and nobody has asked for yet. */
const left = new Map();

let tab = takeTab();

addEventListener("pagehide", leave);
addEventListener("pageshow", event => {
  // The page comes out of the back/forward cache with all that it had.
  if (event.persisted) {
    comeBack();
  }
});

/** Says what cookies of the site may be used for. Returns the name of this tab's cookie. */
export function open(name, path) {
  const cookie = `${name}-${tab}`;
  paths.set(cookie, path);
  for (const key of storedKeys(`${name}-history-`)) {
    left.set(key, takeStored(key));
  }

  return cookie;
}

/** Reads a cookie and removes it; from now on the owner keeps what was in it. Returns null if there is none. */
export function take(cookie, owner, maxAge) {
  const value = readCookie(cookie);
  if (value === null) {
    return null;
  }

  removeCookie(cookie);
  kept.set(cookie, { owner, value, maxAge });
  return value;
}

/** Keeps a value in place of whatever was kept under this name. */
export function keep(cookie, owner, value, maxAge) {
  if (kept.get(cookie)?.owner !== owner) {
    removeCookie(cookie);
  }

  kept.set(cookie, { owner, value, maxAge });
}

/** Keeps nothing any more, unless that is another owner's. */
export function clear(cookie, owner) {
  if (!kept.has(cookie) || kept.get(cookie).owner === owner) {
    kept.delete(cookie);
    removeCookie(cookie);
  }
}

/** The owner lets go: what it has kept is written as if the page went away. */
export function release(cookie, owner) {
  const state = kept.get(cookie);
  if (state?.owner === owner) {
    kept.delete(cookie);
    writeCookie(cookie, state);
  }
}

/** Returns the entries of a session's history. */
export function readHistory(name, sessionId) {
  const key = historyKey(name, sessionId);
  if (!histories.has(key) && left.has(key)) {
    histories.set(key, left.get(key).split("\n"));
    left.delete(key);
  }

  return histories.get(key) ?? [];
}

/** Adds entries to a session's history. */
export function appendHistory(name, sessionId, entries) {
  const history = readHistory(name, sessionId);
  history.push(...entries);
  histories.set(historyKey(name, sessionId), history);
}

/** Removes a session's history. */
export function clearHistory(name, sessionId) {
  const key = historyKey(name, sessionId);
  histories.delete(key);
  left.delete(key);
}

function leave() {
  store(tabKey, tab);
  for (const [cookie, state] of kept) {
    writeCookie(cookie, state);
  }

  for (const [key, entries] of histories) {
    store(key, entries.join("\n"));
  }
}

function comeBack() {
  takeStored(tabKey);
  for (const cookie of kept.keys()) {
    removeCookie(cookie);
  }

  for (const key of histories.keys()) {
    takeStored(key);
  }
}

function takeTab() {
  // randomUUID exists only over https.
  const random = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), byte => byte.toString(16).padStart(2, "0")).join("");
  return takeStored(tabKey) ?? random();
}

function historyKey(name, sessionId) {
  return `${name}-history-${sessionId}`;
}

// Where a user has blocked cookies, reading them or sessionStorage may throw. The chat works without, and is not restored.

function storage() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

function storedKeys(prefix) {
  return Object.keys(storage() ?? {}).filter(key => key.startsWith(prefix));
}

function takeStored(key) {
  const value = storage()?.getItem(key) ?? null;
  storage()?.removeItem(key);
  return value;
}

function store(key, value) {
  try {
    storage()?.setItem(key, value);
  } catch {
    // There is no room. Half a history is of no use, and the backend has the whole.
    storage()?.removeItem(key);
  }
}

function readCookie(cookie) {
  try {
    const found = document.cookie.split("; ").find(entry => entry.startsWith(`${cookie}=`));
    return found === undefined ? null : found.slice(cookie.length + 1);
  } catch {
    return null;
  }
}

function writeCookie(cookie, { value, maxAge }) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  try {
    document.cookie = `${cookie}=${value}; Max-Age=${maxAge}; Path=${paths.get(cookie)}; SameSite=Lax${secure}`;
  } catch {
    // See above.
  }
}

function removeCookie(cookie) {
  writeCookie(cookie, { value: "", maxAge: 0 });
}
