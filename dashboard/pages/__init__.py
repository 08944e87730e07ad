"""One page, one question: choose, ask, work out, show."""
