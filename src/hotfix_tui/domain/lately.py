"""`lately` keeps the answers of a pure function for the very same arguments (docs/adr/0005-lately.md): a look at the
screen asks some of them dozens of times, and a playbook may have thousands of items.

The same means identical, not equal: nothing is compared or hashed. Arguments and answers must be values that never
change. Arguments are kept with the answer, so that no other object can take their identity.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

Ts = TypeVarTuple("Ts")
T = TypeVar("T")


def lately(most: int = 4) -> Callable[[Callable[[*Ts], T]], Callable[[*Ts], T]]:
    """Keep up to `most` answers, then begin anew. Safe from any thread; two may work out the same answer."""

    def keeping(function: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
        known: dict[tuple[int, ...], tuple[tuple[*Ts], T]] = {}

        @wraps(function)
        def answer(*args: *Ts) -> T:
            key = tuple(map(id, args))
            found = known.get(key)
            if found is None:
                found = (args, function(*args))
                if len(known) >= most:
                    known.clear()
                known[key] = found
            return found[1]

        return answer

    return keeping
