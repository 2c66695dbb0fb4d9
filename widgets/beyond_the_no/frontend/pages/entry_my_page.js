/* My page, in a room. */
import "./entry_page.js";
import "./safety_prompt.js";
import "./my_page.js";
