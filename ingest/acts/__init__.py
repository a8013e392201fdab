"""Printed lines into acts: running heads, roles of paragraphs, where each act begins."""
