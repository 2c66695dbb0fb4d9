/* The page of whoever leads. */
import "./care_bar.js";
import "./facilitator.js";
import "./signal_strip.js";
import "./facilitator_room.js";
import "./facilitator_opening.js";
import "./facilitator_run_sheet.js";
import "./facilitator_now.js";
import "./facilitator_others.js";
import "./facilitator_keys.js";
import "./facilitator_text_queue.js";
import "./facilitator_answered.js";
import "./facilitator_ask.js";
import "./facilitator_tally.js";
import "./facilitator_kept.js";
import "./facilitator_second_leader.js";
