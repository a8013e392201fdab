"""Amended texts and the instructions that lead there, made by changing parsed texts and saying what was changed."""
