/* The page of a rehearsal. */
import "./care_bar.js";
import "./rehearsal.js";
