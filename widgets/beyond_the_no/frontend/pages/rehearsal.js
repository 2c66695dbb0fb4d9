/* Phones on the leader's own screen: windows of a phone's size, side by side. A window
   without an opener has a storage of its own, so each of them is one person. */
const [WIDTH, HEIGHT, GAP] = [390, 780, 20];
document.addEventListener("click", (event) => {
  const door = event.target.closest("[data-phone]");
  if (!door || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const left = GAP + Number(door.dataset.phone) * (WIDTH + GAP);
  open(door.href, "_blank", `popup,noopener,width=${WIDTH},height=${HEIGHT},left=${left},top=${GAP}`);
});
