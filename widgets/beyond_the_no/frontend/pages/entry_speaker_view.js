/* The speaker's view, and the remote. */
import "./care_bar.js";
import "./speaker_view.js";
import "./signal_strip.js";
