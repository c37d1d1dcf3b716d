// Pages of one tab or of several, as far as chatgen.js needs them: cookies with a clock, sessionStorage, and the events of a page's life.

import { readFile } from "node:fs/promises";

const source = await readFile(new URL("../../../runtime/ChatGen.Browser/wwwroot/chatgen.js", import.meta.url), "utf8");

/** A browser with cookies and a clock of its own. */
export class Browser {
  now = 0;
  cookies = new Map();

  /** What the browser was told of a cookie when it was last written. */
  attributes = new Map();

  get cookieText() {
    return [...this.cookies].filter(([, cookie]) => cookie.expires > this.now).map(([name, cookie]) => `${name}=${cookie.value}`).join("; ");
  }

  setCookie(text) {
    const [pair, ...attributes] = text.split("; ");
    const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    const maxAge = Number(attributes.find(attribute => attribute.startsWith("Max-Age=")).slice("Max-Age=".length));
    this.attributes.set(name, attributes);
    if (maxAge > 0) {
      this.cookies.set(name, { value, expires: this.now + maxAge });
    } else {
      this.cookies.delete(name);
    }
  }
}

/** A tab; its sessionStorage is that of another one if it was duplicated from that. */
export class Tab {
  constructor(browser, from) {
    this.browser = browser;
    this.storage = new Storage(from?.storage);
  }
}

class Storage {
  constructor(from) {
    Object.assign(this, from);
    Object.defineProperties(this, {
      getItem: { value: key => this[key] ?? null },
      setItem: { value: (key, value) => this.set(key, value) },
      removeItem: { value: key => delete this[key] },
      room: { value: Infinity, writable: true },
      set: {
        value: (key, value) => {
          if (value.length > this.room) {
            throw new Error("QuotaExceededError");
          }

          this[key] = value;
        },
      },
    });
  }
}

/** Opens a page in a tab; returns the module's functions and the page's life. */
export async function openPage(tab, { protocol = "https:", blocked = false } = {}) {
  const listeners = new Map();
  const refuse = () => {
    throw new Error("SecurityError");
  };
  const scope = {
    addEventListener: (name, listener) => listeners.set(name, listener),
    location: { protocol },
    get sessionStorage() {
      return blocked ? refuse() : tab.storage;
    },
    document: {
      get cookie() {
        return blocked ? refuse() : tab.browser.cookieText;
      },
      set cookie(text) {
        blocked ? refuse() : tab.browser.setCookie(text);
      },
    },
  };

  // Each page has a module of its own, in a scope of its own.
  const exported = [...source.matchAll(/^export function (\w+)/gm)].map(match => match[1]);
  const evaluate = new Function("scope", `with (scope) { ${source.replace(/^export /gm, "")}\nreturn { ${exported.join(", ")} }; }`);
  return {
    ...evaluate(scope),
    hide: (persisted = false) => listeners.get("pagehide")({ persisted }),
    show: persisted => listeners.get("pageshow")({ persisted }),
  };
}
