"""Repairs a person judges: where they stand, and the text without those that were taken back."""
