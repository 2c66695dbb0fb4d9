/* The script of a page that shows some of Jupyter's controls: its own packages, and what
   they leave to a front end. */
import "./polyfills.js";
import * as base from "@jupyter-widgets/base";
import * as controls from "@jupyter-widgets/controls";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { Widget } from "@lumino/widgets";
import anywidget from "anywidget";
import styles from "./ipywidgets.css";
import { watch } from "./accessibility.js";
import { Comm } from "./kernel_connection.js";
import { outputs } from "./output_widget.js";
import { start } from "./bootstrap.js";

/* Whether a number has room beside its slider: to know, the page is laid out for each. */
controls.BaseIntSliderView.prototype.readout_overflow = () => false;

class Stock extends ManagerBase {
  /** @param {import("./kernel_connection.js").Line} line @param {Kit.Words} words */
  constructor(line, words) {
    super();
    this.line = line;
    this.words = words;
    // where the library looks for what typesets labels and texts
    if (globalThis.beyondFormulas) this._rendermime = { latexTypesetter: { typeset: globalThis.beyondFormulas } };
    /** @type {Record<string, Kit.Json>} */
    this.modules = {
      "@jupyter-widgets/base": base,
      "@jupyter-widgets/controls": controls,
      "@jupyter-widgets/output": outputs(line),
      anywidget: anywidget(base),
    };
    const style = document.createElement("style");
    style.textContent = styles;
    document.head.append(style);
    watch(document.getElementById("lesson"), words);
  }

  /** @override @param {string} name @param {string} module */
  async loadClass(name, module) {
    const found = this.modules[module]?.[name];
    if (!found) throw new Error(`This page has no ${name} of ${module}.`);
    return found;
  }

  /** @override @param {string} target @param {string} [id] @param {Kit.Json} [data] @param {Kit.Json} [metadata] @param {Kit.Json} [buffers] @returns {Promise<Kit.Json>} */
  async _create_comm(target, id, data, metadata, buffers) {
    const comm = new Comm(this.line, id ?? base.uuid(), target);
    if (data) comm.open(data, undefined, metadata, buffers);
    return comm;
  }

  _get_comm_info() {
    return Promise.resolve({}); // asked by none of what is used here
  }

  /** @param {string} id @param {Kit.Json} state */
  add(id, state) {
    const { _model_name, _model_module, _model_module_version } = state;
    const about = { model_name: _model_name, model_module: _model_module, model_module_version: _model_module_version };
    const comm = new Comm(this.line, id);
    return this.new_model({ ...about, model_id: id, comm }, state);
  }

  /** @param {Kit.Json} comm @param {Kit.Json} message */
  opened(comm, message) {
    return comm.target_name === "jupyter.widget" ? this.handle_comm_open(comm, message) : undefined;
  }

  /* The kernel knows what became of its widgets while the line was away. */
  again() {
    return this._loadFromKernel();
  }

  /** @param {string} id */
  async view(id) {
    const { luminoWidget } = await this.create_view(await this.get_model(id));
    const place = document.createElement("div");
    document.querySelector(`[data-model="${id}"]`).append(place);
    Widget.attach(luminoWidget, place);
    return place;
  }
}

start(Stock);
