"""What people say of repairs: found again in a file, and applied to its text."""
