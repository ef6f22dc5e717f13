"""One file, one repair. Adding one touches its file here, a line of `zhclean.pipeline.STAGES` and its cases."""
