"""From a query to ranked hits: pure functions over the index of one space."""
