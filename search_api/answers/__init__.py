"""The public shapes of answers."""
