"""Equivalent provisions of several agreements side by side: topics, alignment, values, differences, decisions."""
