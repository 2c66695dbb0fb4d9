/* The script of a page whose widgets all bring their own. */
import "./polyfills.js";
import { Plain } from "./anywidget_manager.js";
import { start } from "./bootstrap.js";

start(Plain);
