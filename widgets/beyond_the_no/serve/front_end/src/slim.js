/* The script of a page whose widgets all bring their own. */
import "./older.js";
import { Plain } from "./plain.js";
import { start } from "./start.js";

start(Plain);
