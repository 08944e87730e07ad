"""The store: whole or not at all, the same twice, and nothing in it that says who somebody is."""
