"""PDF: letters gathered by place."""
