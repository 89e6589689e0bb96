"""A team's own markdown document becomes a playbook, in stages that can be read apart.

bytes -> text (`text`) -> blocks (`blocks`) -> outline (`outline`) -> roles (`roles`) -> `Understood` (`understanding`).
Nothing that stands in a document is ever run here.
"""

from __future__ import annotations
