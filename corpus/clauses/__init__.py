"""What is searched: provisions as clauses, their word streams and fields, the query tree, and where it matches."""
