"""The page where somebody's text is checked."""
