"""Counts in, figures and sentences out: every rate is made here, once."""
