"""What provisions are about: topics, their cues, and the lawyer's own topics."""
