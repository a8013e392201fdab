"""Tests that keep the house in order: names, sizes, complexity, and what the docs must name."""
