"""`python -m sopb_rules` is `sopb`."""

from sopb_rules.apps.cli import main

if __name__ == "__main__":
    main()
