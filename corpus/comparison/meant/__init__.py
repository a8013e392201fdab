"""What a clause means: what it settles, and what it names whatever the words."""
