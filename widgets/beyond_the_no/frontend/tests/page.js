/* As much of a page as a script uses, for tests in Node.js: elements, storage, and
   a clock that stands still until a test moves it. */
import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const PACKAGE = join(import.meta.dirname, "..", "..");
export const read = (path) => readFileSync(join(PACKAGE, path), "utf8");

class Events {
  heard = new Map();
  addEventListener(type, listener) {
    this.heard.set(type, [...(this.heard.get(type) ?? []), listener]);
  }
  removeEventListener(type, listener) {
    this.heard.set(
      type,
      (this.heard.get(type) ?? []).filter((one) => one !== listener),
    );
  }
  dispatchEvent(event) {
    for (const listener of this.heard.get(event.type) ?? []) listener(event);
  }
}

export class Element extends Events {
  attributes = {};
  childNodes = [];
  dataset = {};
  hidden = false;
  style = { setProperty: (name, value) => Object.assign(this.style, { [name]: value }) };
  constructor(tag) {
    super();
    this.localName = tag;
  }
  set textContent(text) {
    this.childNodes = text === "" ? [] : [String(text)];
  }
  get textContent() {
    return this.childNodes.map((node) => node.textContent ?? node).join("");
  }
  get children() {
    return this.childNodes.filter((node) => node instanceof Element);
  }
  append(...nodes) {
    this.childNodes.push(...nodes);
  }
  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }
  all(test) {
    return this.children.flatMap((child) => [...(test(child) ? [child] : []), ...child.all(test)]);
  }
  querySelectorAll(tag) {
    return this.all((node) => node.localName === tag);
  }
}

/* Storage of one tab: `trouble` makes it fail. Where it is full it can still be read. */
export function storage(kept = {}) {
  const usable =
    (work, writes = false) =>
    (...about) => {
      if (it.trouble && (writes || it.trouble !== "QuotaExceededError")) throw Object.assign(new Error(it.trouble), { name: it.trouble });
      return work(...about);
    };
  const it = {
    kept,
    trouble: "",
    getItem: usable((key) => kept[key] ?? null),
    setItem: usable((key, value) => Object.assign(kept, { [key]: value }), true),
    removeItem: usable((key) => delete kept[key]),
  };
  return it;
}

export class Clock {
  now = 1_000_000;
  timers = new Map();
  last = 0;
  set = (work, wait = 0, ...about) => {
    this.timers.set(++this.last, { at: this.now + wait, work: () => work(...about) });
    return this.last;
  };
  repeat = (work, wait) => {
    const id = ++this.last;
    const again = () => {
      this.timers.set(id, { at: this.now + wait, work: again });
      work();
    };
    this.timers.set(id, { at: this.now + wait, work: again });
    return id;
  };
  clear = (id) => void this.timers.delete(Number(id)); // as browsers take it
  /* Let so many milliseconds pass, and whatever they bring happen in its order. */
  async pass(milliseconds) {
    const end = this.now + milliseconds;
    for (;;) {
      await new Promise(setImmediate);
      const [id, next] = [...this.timers].sort(([, one], [, other]) => one.at - other.at)[0] ?? [];
      if (!next || next.at > end) break;
      this.now = Math.max(this.now, next.at);
      this.timers.delete(id);
      next.work();
    }
    this.now = end;
  }
}

/* ids: texts of elements by their id. Everything else that a script asks of its page is there. */
export function page({ body = {}, ids = {}, more = {} } = {}) {
  const clock = new Clock();
  const elements = {};
  for (const [id, text] of Object.entries(ids)) elements[id] = Object.assign(new Element("script"), { textContent: text });
  const document = Object.assign(new Events(), {
    currentScript: new Element("script"),
    body: Object.assign(new Element("body"), { dataset: body }),
    documentElement: new Element("html"),
    visibilityState: "visible",
    createElement: (tag) => new Element(tag),
    createElementNS: (_, tag) => new Element(tag),
    getElementById: (id) => elements[id] ?? null,
    querySelectorAll: () => [],
  });
  const it = Object.assign(new Events(), {
    document,
    clock,
    sessionStorage: storage(),
    location: { href: "http://laptop/lesson/one", reload() {} },
    navigator: { onLine: true },
    performance: { now: () => clock.now },
    Date: { now: () => clock.now },
    ResizeObserver: class {
      observe() {}
    },
    matchMedia: () => ({ matches: false }),
    setTimeout: clock.set,
    clearTimeout: clock.clear,
    setInterval: clock.repeat,
    clearInterval: clock.clear,
    console,
    AbortController,
    TextEncoder,
    URL,
    ...more,
  });
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) it[name] = it[name].bind(it);
  vm.createContext(it);
  vm.runInContext("Math.random = () => 0.5", it); // waits are as long as they are meant
  return it;
}

/* Run the script of a widget for oneself in a page, with what stands before it; `give` is an
   expression of what a test wants of it. more: what stands before it besides. */
export function run(it, path, give = "undefined", more = []) {
  const text = ["frontend/pages/tab_storage.js", ...more, path].map(read).join("\n").replace("export default", "void").replaceAll("export ", "");
  return vm.runInContext(`${text}\n${give}`, it, { filename: path });
}

/* A page's script with all that it imports, to be run in pages: returns what it exports.
   instead: modules, by the names under which it imports them, in other words. */
export async function script(path, instead = {}) {
  const stubs = {
    name: "stubs",
    setup(made) {
      made.onResolve({ filter: /./ }, ({ path: name }) => (name in instead ? { path: name, namespace: "stub" } : undefined));
      made.onLoad({ filter: /./, namespace: "stub" }, ({ path: name }) => ({ contents: instead[name] }));
    },
  };
  const about = { entryPoints: [join(PACKAGE, path)], bundle: true, format: "iife", globalName: "exported", write: false, tsconfigRaw: {} };
  const { outputFiles } = await build({ ...about, plugins: [stubs] });
  return (it) => vm.runInContext(`${outputFiles[0].text}\nexported`, it, { filename: path });
}
