"""The order of hits: plan, scores, lifts, highlights."""
