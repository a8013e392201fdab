"""Pages on which many documents stand side by side."""
