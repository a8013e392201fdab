"""From a query to hits: language, meaning, ranking."""
