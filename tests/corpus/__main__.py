"""`python -m tests.corpus`: the score and what is missed; `--show FILE …`: files with what is told of them."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.corpus.reading import POLICIES, corpus, read
from tests.corpus.scoring import FLOORS, annotated, result, score


def main(arguments: list[str]) -> int:
    """The exit status: 1 where a floor is not reached."""
    if arguments[:1] == ["--show"]:
        for name in arguments[1:]:
            path = Path(name) if Path(name).exists() else POLICIES / f"{name.removesuffix('.policy')}.policy"
            sys.stdout.write(annotated(result(read(path))) + "\n")
        return 0
    whole = score(corpus())
    sys.stdout.write("\n".join([*whole.misses(), "", whole.table(), ""]))
    reached = all(whole.counts[what].percent >= floor for what, floor in FLOORS.items())
    return 0 if reached and not whole.tokens and not whole.exceptions else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
