"""What cleaning would do to a user's own corpus: ``zhclean bench``."""
