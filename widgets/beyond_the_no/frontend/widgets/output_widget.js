/* Where a lesson prints and displays: the model and the view of Output. */
import { DOMWidgetView } from "@jupyter-widgets/base";
import { OutputModel } from "@jupyter-widgets/output";
import { Widget } from "@lumino/widgets";

/* What a notebook's author shows, as richly as this front end can: first come, first
   served. slim.py knows the same list. */
const RICH = ["application/vnd.jupyter.widget-view+json", "text/html", "text/latex", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "text/plain"];
/** @type {(text: Kit.Json) => Kit.Json} */
const joined = (text) => (Array.isArray(text) ? text.join("") : text);
/** @type {(text: string) => HTMLElement} */
const printed = (text) => Object.assign(document.createElement("pre"), { textContent: text, tabIndex: 0 });

/* Markup that the lesson's author wrote, and nobody else; scripts in it do not run. */
/** @type {(html: string) => DocumentFragment} */
const markup = (html) => new Range().createContextualFragment(html);

/** @param {Kit.Json} output @param {Kit.Json} manager @returns {Promise<Kit.Json>} */
async function drawn({ data }, manager) {
  const kind = RICH.find((one) => one in data);
  if (kind === undefined) return "";
  const value = joined(data[kind]);
  if (kind === RICH[0]) {
    const { luminoWidget } = await manager.create_view(await manager.get_model(value.model_id));
    const place = document.createElement("div");
    return Object.assign(place, { attached: () => Widget.attach(luminoWidget, place) });
  }
  if (kind === "text/latex") {
    const place = Object.assign(document.createElement("span"), { className: "formula", textContent: value });
    globalThis.beyondFormulas?.(place);
    return place;
  }
  if (kind === "text/plain") return printed(value);
  if (!kind.startsWith("image/") || kind === "image/svg+xml") return markup(value);
  const alt = joined(data["text/plain"] ?? "").replace(/^<.*>$/, "");
  return Object.assign(new Image(), { alt, src: `data:${kind};base64,${value}` });
}

/** @param {Kit.Json} output @param {Kit.Json} manager */
function shown(output, manager) {
  if (output.output_type === "error") return printed(`${output.ename}: ${output.evalue}`); // its author's traceback helps nobody here
  if (output.output_type === "stream") return output.name === "stdout" ? printed(joined(output.text)) : "";
  return output.data ? drawn(output, manager) : "";
}

/** @param {import("./kernel_connection.js").Line} line */
export const outputs = (line) => ({
  OutputModel: class extends OutputModel {
    /** @param {[Kit.Json, Kit.Json]} about */
    initialize(...about) {
      super.initialize(...about);
      this.listenTo(this, "change:msg_id", this.follow);
      this.once("destroy", () => this.leave?.());
      this.follow();
    }
    /* Python says which message's answers belong here. */
    follow() {
      this.leave?.();
      const message = this.get("msg_id");
      this.leave = message ? line.listen(message, (heard) => this.take(heard)) : undefined;
    }
    /** @param {Kit.KernelMessage} message */
    take({ header: { msg_type: type }, content }) {
      if (type === "clear_output") {
        this.clear_next = true;
        return content.wait || this.put([]);
      }
      const before = this.clear_next ? [] : this.get("outputs");
      this.clear_next = false;
      const last = before.at(-1);
      const same = type === "stream" && last?.output_type === "stream" && last.name === content.name;
      const output = same ? { ...last, text: joined(last.text) + content.text } : { ...content, output_type: type };
      return this.put([...(same ? before.slice(0, -1) : before), output]);
    }
    /** @param {object[]} outputs */
    put(outputs) {
      this.set("outputs", outputs);
      this.save_changes();
    }
  },
  OutputView: class extends DOMWidgetView {
    render() {
      super.render();
      this.el.classList.add("output-widget");
      this.el.setAttribute("aria-live", "polite");
      this.listenTo(this.model, "change:outputs", this.draw);
      return this.draw();
    }
    async draw() {
      /** @type {Kit.Json[]} */
      const wanted = this.model.get("outputs");
      const nodes = await Promise.all(wanted.map((output) => shown(output, this.model.widget_manager)));
      if (wanted !== this.model.get("outputs")) return; // more has come meanwhile
      this.el.replaceChildren(...nodes);
      for (const node of nodes) node.attached?.();
    }
  },
});
