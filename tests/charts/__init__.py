"""Tests of dashboard/charts."""
