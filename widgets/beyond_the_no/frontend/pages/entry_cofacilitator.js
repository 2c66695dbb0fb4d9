/* The second adult's page: the leader's without what leads. */
import "./care_bar.js";
import "./facilitator.js";
import "./signal_strip.js";
import "./facilitator_text_queue.js";
