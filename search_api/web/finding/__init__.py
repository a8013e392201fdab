"""The search page in parts: cards of hits, facets, chips of the reading, suggestions."""
