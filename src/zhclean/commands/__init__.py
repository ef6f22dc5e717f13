"""One file, one command. Adding one touches its file and a line of `zhclean.cli.COMMANDS`."""
