"""How fast the archive search is, on generated entries: docs/benchmarks.md."""
