"""Quotations of somebody's text: found, given to their citations, compared word by word."""
