/* A page of the room that holds words alone, such as Help: the care bar, the ribbon, and a seat that stays. */
import "../widgets/ran.js";
import "./care_bar.js";
import "./room_client.js";
import "./signals.js";
import "./participant.js";
import "./kept_page.js";
