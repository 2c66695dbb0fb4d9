/* The slides; the script of their widgets comes after it. */
import "../widgets/ran.js";
import "./care_bar.js";
import "./lesson.js";
import "./folds.js";
import "./deck.js";
