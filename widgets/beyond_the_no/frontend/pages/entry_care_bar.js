/* A page that asks nothing of the room: its care bar. */
import "./care_bar.js";
