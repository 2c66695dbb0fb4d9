/* Widgets that bring their own script (anywidgets) and nothing else: the field's model of
   a widget and its anywidget runtime, without the library of controls. build.js leaves out
   of the model's module what only views need. */
import { WidgetModel } from "@jupyter-widgets/base/lib/widget.js";
import anywidget from "anywidget";
import { Comm } from "./kernel_connection.js";

class View {
  /** @param {{ model: Kit.Json }} about */
  constructor({ model }) {
    this.model = model;
    this.el = document.createElement("div");
    this.$el = { empty: () => this.el.replaceChildren() };
  }
  remove() {
    this.el.remove();
  }
}

const { AnyModel, AnyView } = anywidget({ DOMWidgetModel: WidgetModel, DOMWidgetView: View });

export class Plain {
  /** @param {Kit.Wire} line */
  constructor(line) {
    this.line = line;
    /** @type {Map<string, Kit.Json>} */
    this.models = new Map();
  }
  callbacks() {
    return {};
  }
  /** @param {string} id */
  get_model(id) {
    const model = this.models.get(id);
    return model ? Promise.resolve(model) : Promise.reject(new Error(`no widget ${id}`));
  }
  /** @param {string} id @param {Kit.Json} state */
  add(id, state, comm = new Comm(this.line, id)) {
    if (state._model_module !== "anywidget") return; // a layout: styles are the widget's own
    this.models.set(id, new AnyModel(state, { model_id: id, comm, widget_manager: this }));
  }
  /** @param {Comm} comm @param {Kit.KernelMessage} message */
  opened(comm, { content: { data } }) {
    this.add(comm.comm_id, data.state, comm);
  }
  again() {
    for (const model of this.models.values()) model.comm.send({ method: "request_state" });
  }
  /** @param {string} id */
  async view(id) {
    const view = new AnyView({ model: await this.get_model(id) });
    await view.render();
    return view.el;
  }
}
