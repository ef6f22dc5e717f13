"""``python -m zhclean`` is ``zhclean``."""

from zhclean.cli import main

if __name__ == "__main__":
    main()
