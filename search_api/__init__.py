"""The service, the pages and the `svod` command (composition root)."""
