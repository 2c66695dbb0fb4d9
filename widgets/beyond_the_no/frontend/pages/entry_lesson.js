/* A lesson's page; the script of its widgets comes after it. */
import "../widgets/ran.js";
import "./care_bar.js";
import "./safety_prompt.js";
import "./room_client.js";
import "./signals.js";
import "./folds.js";
import "./participant.js";
import "./asked.js";
import "./lesson.js";
import "./wide_content.js";
