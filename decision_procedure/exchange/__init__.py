"""Results for machines: one file per format, each a pure callable from `(file, report)` to chunks of text."""
