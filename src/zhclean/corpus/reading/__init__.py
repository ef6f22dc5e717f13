"""From files and tables to rows in batches, each with its text and id."""
