"""Text in, text out: repair, tokens, lemmas, entities. Knows no law and no engine."""
