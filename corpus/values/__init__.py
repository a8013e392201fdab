"""What provisions say, normalised."""
