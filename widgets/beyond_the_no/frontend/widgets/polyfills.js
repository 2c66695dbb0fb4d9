/* What anywidget asks for and the oldest browsers that we promise lack: see build.js. */

// Chrome 116, Firefox 124, Safari 17.4
AbortSignal.any ??= (signals) => {
  const all = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) all.abort(signal.reason);
    else signal.addEventListener("abort", () => all.abort(signal.reason), { signal: all.signal });
  }
  return all.signal;
};

// Chrome 103, Firefox 100, Safari 16
AbortSignal.timeout ??= (milliseconds) => {
  const one = new AbortController();
  setTimeout(() => one.abort(new DOMException("It took too long.", "TimeoutError")), milliseconds);
  return one.signal;
};

// Chrome 100, Firefox 97, Safari 15.4: a signal has a reason only where it has this
AbortSignal.prototype.throwIfAborted ??= function () {
  if (this.aborted) throw this.reason ?? new DOMException("It was stopped.", "AbortError");
};

// Chrome 98, Firefox 94, Safari 15.4: enough for what a trait may hold
/** @type {(value: Kit.Json) => Kit.Json} */
const copy = (value) => {
  if (ArrayBuffer.isView(value))
    return new /** @type {Kit.Json} */ (value.constructor)(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength));
  if (Array.isArray(value)) return value.map(copy);
  if (Object.prototype.toString.call(value) !== "[object Object]") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
};
globalThis.structuredClone ??= copy;
