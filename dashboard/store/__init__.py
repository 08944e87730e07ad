"""Rows in, immutable snapshots out. The only package that talks to DuckDB."""
