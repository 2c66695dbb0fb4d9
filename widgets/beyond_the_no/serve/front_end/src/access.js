/* What Jupyter's controls lack for people who listen to a page, or type their way through
   it: names, roles, states and keys. Read off their markup, whenever it changes. */
const FIELDS = 'input:not([type="hidden"]), select, textarea, [role="slider"], .widget-readout[contenteditable="true"]';
let labels = 0;

const set = (node, name, value) => node.getAttribute(name) !== String(value) && node.setAttribute(name, value);
const has_name = (node) => node.ariaLabel || node.getAttribute("aria-labelledby") || node.labels?.[0]?.textContent.trim();

/* A control's own label; two handles of one slider also say which they are. */
function name(node, widget, words) {
  const label = widget.querySelector(":scope > .widget-label");
  const text = label?.textContent.trim();
  const handles = [...widget.querySelectorAll('[role="slider"]')];
  if (text && handles.length < 2) {
    label.id ||= `label-${++labels}`;
    return set(node, "aria-labelledby", label.id);
  }
  const end = handles.length > 1 ? words.handles[handles.indexOf(node)] : "";
  return set(node, "aria-label", [text, end].filter(Boolean).join(", ") || words.unnamed);
}

function group(node, role, words) {
  set(node, "role", role);
  if (!has_name(node)) name(node, node.closest(".jupyter-widgets"), words);
}

const pressed = (button) => set(button, "aria-pressed", button.classList.contains("mod-active"));

function icon(button, words) {
  const kind = button.querySelector("i.fa")?.className.match(/fa-(?!fw)([a-z-]+)/)?.[1];
  if (kind && !button.textContent.trim()) set(button, "aria-label", words.icons[kind] ?? kind.replaceAll("-", " "));
}

function fold(header, open) {
  set(header, "role", "button");
  set(header, "tabindex", 0);
  set(header, "aria-expanded", open);
}

function progress(bar, words) {
  const [inner] = bar.children;
  set(bar, "role", "progressbar");
  set(bar, "aria-valuenow", Math.round(parseFloat(inner.style.width || inner.style.height)) || 0);
  name(bar, bar.closest(".jupyter-widgets"), words);
}

function repair(root, words) {
  const every = (selector, work) => root.querySelectorAll(selector).forEach(work);
  every(".jupyter-widgets .widget-readout[contenteditable]", (node) => set(node, "role", "textbox"));
  every(".jupyter-widgets", (widget) => {
    for (const node of widget.querySelectorAll(FIELDS))
      if (node.closest(".jupyter-widgets") === widget && !has_name(node)) name(node, widget, words);
  });
  every(".widget-toggle-button", pressed);
  every(".widget-toggle-buttons .widget-toggle-button, .widget-toggle-buttons button", pressed);
  every(".widget-toggle-buttons > .jupyter-button-group, .widget-toggle-buttons > div", (node) => group(node, "group", words));
  every(".widget-radio-box", (node) => group(node, "radiogroup", words));
  every(".jupyter-widgets button, button.jupyter-widgets", (button) => icon(button, words));
  every(".jupyter-widget-Collapse-header", (header) =>
    fold(header, header.parentElement.classList.contains("jupyter-widget-Collapse-open")));
  every(".progress", (bar) => bar.children.length && progress(bar, words));
}

export function watch(root, words) {
  let planned = false;
  const soon = () => {
    if (planned) return;
    planned = true;
    setTimeout(() => {
      planned = false;
      repair(root, words);
    });
  };
  // what is repaired is not watched, or repairing would never end
  const attributeFilter = ["class", "style", "contenteditable"];
  new MutationObserver(soon).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter });
  root.addEventListener("keydown", (event) => {
    const header = event.target.closest?.(".jupyter-widget-Collapse-header");
    if (header !== event.target || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    header.click();
  });
}
