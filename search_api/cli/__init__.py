"""The svod command, one module a subject."""
