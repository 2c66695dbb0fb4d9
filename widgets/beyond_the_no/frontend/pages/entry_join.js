/* The first page: the welcome, and the lobby. */
import "./entry_page.js";
