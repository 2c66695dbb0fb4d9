/* The wall. */
import "./wall.js";
