"""Commands by which people decide what they are asked."""
