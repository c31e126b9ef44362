"""Measures the archive search on documents and judged queries."""
