"""One HTML file that shows every edit: the text before and after, side by side, each change explained."""
