"""From batches to files that appear when they are whole; a run that was killed goes on where it was."""
