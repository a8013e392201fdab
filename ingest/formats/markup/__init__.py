"""Marked-up text in one stream: HTML and RTF."""
