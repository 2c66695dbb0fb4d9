/* A page that the browser keeps opens when the leader's laptop is gone. It may be older than
   what she says now, such as another number for help: where she is in reach, ask. */
const { ending } = document.body.dataset;
async function look() {
  const writes = document.activeElement?.matches("textarea, input, select");
  if (!location.search || location.search !== ending || document.visibilityState === "hidden" || writes) return;
  try {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    if (answer.ok && answer.redirected) location.replace(answer.url);
  } catch {
    /* the laptop is gone: this page is here */
  }
}
addEventListener("pageshow", look);
document.addEventListener("visibilitychange", look);
