"""Over HTTP: what people are asked to decide."""
