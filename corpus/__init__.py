"""What a document is and where it lives: model, eIds, citations, references, comparison, libraries."""
