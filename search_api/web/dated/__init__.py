"""Pages of what was in force when: editions of an act, the timeline of a library."""
