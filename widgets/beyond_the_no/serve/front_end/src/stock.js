/* The script of a page that shows some of Jupyter's controls: its own packages, and what
   they leave to a front end. */
import "./older.js";
import * as base from "@jupyter-widgets/base";
import * as controls from "@jupyter-widgets/controls";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { Widget } from "@lumino/widgets";
import anywidget from "anywidget";
import styles from "./stock.css";
import { watch } from "./access.js";
import { Comm } from "./line.js";
import { outputs } from "./output.js";
import { start } from "./start.js";

/* Whether a number has room beside its slider: to know, the page is laid out for each. */
controls.BaseIntSliderView.prototype.readout_overflow = () => false;

class Stock extends ManagerBase {
  constructor(line, words) {
    super();
    Object.assign(this, { line, words });
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

  async loadClass(name, module) {
    const found = this.modules[module]?.[name];
    if (!found) throw new Error(`This page has no ${name} of ${module}.`);
    return found;
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = new Comm(this.line, id ?? base.uuid(), target);
    if (data) comm.open(data, undefined, metadata, buffers);
    return comm;
  }

  _get_comm_info() {
    return Promise.resolve({}); // asked by none of what is used here
  }

  add(id, state) {
    const { _model_name, _model_module, _model_module_version } = state;
    const about = { model_name: _model_name, model_module: _model_module, model_module_version: _model_module_version };
    const comm = new Comm(this.line, id);
    return this.new_model({ ...about, model_id: id, comm }, state);
  }

  opened(comm, message) {
    return comm.target_name === "jupyter.widget" ? this.handle_comm_open(comm, message) : undefined;
  }

  /* The kernel knows what became of its widgets while the line was away. */
  again() {
    return this._loadFromKernel();
  }

  async view(id) {
    const { luminoWidget } = await this.create_view(await this.get_model(id));
    const place = document.createElement("div");
    document.querySelector(`[data-model="${id}"]`).append(place);
    Widget.attach(luminoWidget, place);
    return place;
  }
}

start(Stock);
