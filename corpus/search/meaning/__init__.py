"""What the words of a query may mean: synonyms, families, topics, vectors."""
