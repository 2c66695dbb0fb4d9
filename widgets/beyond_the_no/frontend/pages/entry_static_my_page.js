/* My page, on a site without a server. */
import "./care_bar.js";
import "./safety_prompt.js";
import "./my_page.js";
import "./register_service_worker.js";
