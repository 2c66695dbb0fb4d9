/* The wall. */
import "./care_bar.js";
import "./wall.js";
