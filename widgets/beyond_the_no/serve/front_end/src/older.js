/* anywidget asks for this, which browsers have had since 2024 only. */
AbortSignal.any ??= (signals) => {
  const all = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) all.abort(signal.reason);
    else signal.addEventListener("abort", () => all.abort(signal.reason), { signal: all.signal });
  }
  return all.signal;
};
