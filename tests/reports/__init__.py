"""Tests of dashboard/reports."""
