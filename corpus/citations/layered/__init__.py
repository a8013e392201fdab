"""References and relations stored beside the text of an instrument."""
