"""Amending formulae: a statement taken apart by the roles of its words, and read into operations."""
