"""The edge of the service: which requests get in, how they are read, how refusals are told."""
