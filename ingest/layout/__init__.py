"""The print of a text: lines, page furniture, wrapping, paragraphs; every character led back to its source."""
