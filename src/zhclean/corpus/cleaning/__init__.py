"""Every text of a corpus cleaned: the kernel, and what brings it texts."""
