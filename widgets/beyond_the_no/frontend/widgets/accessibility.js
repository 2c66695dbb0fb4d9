/* What Jupyter's controls lack for people who listen to a page, or type their way through
   it: names, roles, states and keys. Read off their markup, whenever it changes. */
const FIELDS = 'input:not([type="hidden"]), select, textarea, [role="slider"], .widget-readout[contenteditable="true"]';
let labels = 0;

/** @type {(node: Element, name: string, value: string | number | boolean) => unknown} */
const set = (node, name, value) => node.getAttribute(name) !== String(value) && node.setAttribute(name, value);
/** @type {(node: Part) => unknown} */
const has_name = (node) => node.getAttribute("aria-label") || node.getAttribute("aria-labelledby") || node.labels?.[0]?.textContent.trim();

/* A control's own label; two handles of one slider also say which they are. */
/** @param {Part} node @param {Part} widget @param {Kit.Words} words */
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

/* Some of Jupyter's controls have their common classes inside a box only. */
/** @type {(label: Part) => void} */
const dress = (label) => label.parentElement.classList.add("jupyter-widgets", "widget-inline-hbox");
/** @type {(node: Part) => Part} */
const widget_of = (node) => node.closest(".jupyter-widgets") ?? node.parentElement;

/** @param {Part} node @param {string} role @param {Kit.Words} words */
function group(node, role, words) {
  set(node, "role", role);
  if (!has_name(node)) name(node, widget_of(node), words);
}

/** @type {(button: Part) => unknown} */
const pressed = (button) => set(button, "aria-pressed", button.classList.contains("mod-active"));

/** @param {Part} button @param {Kit.Words} words */
function icon(button, words) {
  const kind = button.querySelector("i.fa")?.className.match(/fa-(?!fw)([a-z-]+)/)?.[1];
  if (kind && !button.textContent.trim()) set(button, "aria-label", words.icons[kind] ?? kind.replaceAll("-", " "));
}

/** @param {Part} header @param {boolean} open */
function fold(header, open) {
  set(header, "role", "button");
  set(header, "tabindex", 0);
  set(header, "aria-expanded", open);
}

/** @param {Part} bar @param {Kit.Words} words */
function progress(bar, words) {
  const [inner] = bar.children;
  set(bar, "role", "progressbar");
  set(bar, "aria-valuenow", Math.round(parseFloat(inner.style.width || inner.style.height)) || 0);
  name(bar, widget_of(bar), words);
}

/** @param {Part} root @param {Kit.Words} words */
function repair(root, words) {
  // one control that is built in another way must not cost the others their names
  /** @type {(selector: string, work: (node: Part) => unknown) => void} */
  const every = (selector, work) =>
    root.querySelectorAll(selector).forEach((node) => {
      try {
        work(node);
      } catch (error) {
        console.error(error);
      }
    });
  every(".lm-Widget:not(.jupyter-widgets) > .widget-label", dress);
  every(".jupyter-widgets .widget-readout[contenteditable]", (node) => set(node, "role", "textbox"));
  every(".jupyter-widgets", (widget) => {
    for (const node of widget.querySelectorAll(FIELDS)) if (node.closest(".jupyter-widgets") === widget && !has_name(node)) name(node, widget, words);
  });
  every("img.widget-image, .jp-RenderedImage img", (image) => image.hasAttribute("alt") || set(image, "alt", image.title)); // its author can say no more
  every(".widget-toggle-button", pressed);
  every(".widget-toggle-buttons .widget-toggle-button, .widget-toggle-buttons button", pressed);
  every(".widget-toggle-buttons > .jupyter-button-group, .widget-toggle-buttons > div", (node) => group(node, "group", words));
  every(".widget-radio-box", (node) => group(node, "radiogroup", words));
  every(".jupyter-widgets button, button.jupyter-widgets", (button) => icon(button, words));
  every(".jupyter-widget-Collapse-header", (header) => fold(header, header.parentElement.classList.contains("jupyter-widget-Collapse-open")));
  every(".progress", (bar) => bar.children.length && progress(bar, words));
}

/** @param {Part} root @param {Kit.Words} words */
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
