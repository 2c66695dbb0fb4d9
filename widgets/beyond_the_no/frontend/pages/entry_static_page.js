/* A page of a site without a server that holds words alone. */
import "./care_bar.js";
import "./register_service_worker.js";
