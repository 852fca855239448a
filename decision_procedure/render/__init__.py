"""One file per format; a renderer reads the report and decides nothing."""
