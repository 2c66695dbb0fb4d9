/* A lesson's page on a site without a server, with its widgets. */
import "./care_bar.js";
import "./safety_prompt.js";
import "./folds.js";
import "../widgets/static_site.js";
import "./wide_content.js";
import "./register_service_worker.js";
