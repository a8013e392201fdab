"""Documents, hits and comparisons as files to take away."""
