"""The live room: state machine, small-group rules, protocol. Pure Python."""
