"""Tests, laid out as the house itself; `plain_python` recomputes every published figure slowly."""
