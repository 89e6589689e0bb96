"""What a repository's commits and tags say, by plumbing commands whose output is made for programs."""

from __future__ import annotations

from hotfix_tui.adapters.git_parsing import parse_made, text
from hotfix_tui.adapters.git_repository import OBJECT, GitRepository
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.record import record
from hotfix_tui.domain.suspects import Made
from hotfix_tui.domain.text import clean
from hotfix_tui.ports import Tag

SIGNATURES = (
    "-----BEGIN PGP SIGNATURE-----",
    "-----BEGIN SSH SIGNATURE-----",
    "-----BEGIN SIGNED MESSAGE-----",
)


@record(frozen=True, slots=True)
class GitHistory:
    """The history of one repository. It holds nothing open between calls; safe to use from any thread."""

    repository: GitRepository

    def still(self) -> GitHistory:
        """The same for the questions of one look; it is not to be kept. Raises: PortFailure."""
        return GitHistory(self.repository.still())

    def tag(self, name: str) -> Tag | None:
        """The tag of this short name; None when there is none. Raises: PortFailure."""
        ref = f"refs/tags/{name}"
        fields = "%(refname)%00%(objectname)%00%(*objectname)%00%(objecttype)%00%(contents:signature)%00"
        out = text(self._read("for-each-ref", f"--format={fields}", ref))
        found, oid, peeled, kind, signature = (*out.split("\0")[:5], "", "", "", "", "")[:5]
        if found != ref:  # a pattern also names what stands below it
            return None
        annotated = kind == "tag"
        return Tag(name, oid, peeled if annotated else oid, annotated, signature.startswith(SIGNATURES))

    def parents(self, commit: str) -> tuple[str, ...]:
        """The object ids of its parents. Raises: PortFailure."""
        out = self._read("rev-list", "--parents", "--max-count=1", self._commit(commit), "--")
        return tuple(text(out).split()[1:])

    def message(self, commit: str) -> str:
        """Its whole message; untrusted text. Raises: PortFailure."""
        argv = ("log", "--format=%B", "--no-show-signature", "--max-count=1", self._commit(commit), "--")
        return self._read(*argv).decode("utf-8", "replace").strip("\n")

    def contains(self, head: str, commit: str) -> bool:
        """Whether `commit` is `head` or one of its ancestors. Raises: PortFailure."""
        new, old = self._commit(head), self._commit(commit)
        return not self._read("rev-list", "--max-count=1", old, f"^{new}", "--").strip()

    def shared(self, one: str, other: str) -> str:
        """The newest commit that both contain; empty when they share none. Raises: PortFailure."""
        argv = ["git", "merge-base", self._commit(one), self._commit(other)]
        return text(self.repository.git().read(argv, codes=(0, 1))).strip()

    def file(self, commit: str, path: str) -> bytes | None:
        """A file of a commit as it would stand in the work tree; None when it has none. Raises: PortFailure."""
        at = self._commit(commit)
        listed = self._read("ls-tree", "-z", "--full-tree", at, "--", path)
        mode, _, rest = text(listed).partition(" ")
        kind, _, rest = rest.partition(" ")
        if kind != "blob" or rest.partition("\t")[2] != f"{path}\0":
            return None
        if mode == "120000":
            raise PortFailure("git", f"{clean(path)} is a link, and no file.")
        return self._read("cat-file", "--filters", f"{at}:{path}")

    def paths(self, commit: str) -> tuple[str, ...]:
        """The paths of all files of a commit. Raises: PortFailure."""
        out = text(self._read("ls-tree", "-r", "-z", "--full-tree", "--name-only", self._commit(commit)))
        return tuple(path for path in out.split("\0") if path)

    def conflicts(self, ours: str, theirs: str) -> tuple[str, ...]:
        """The paths that would be in conflict if the two were merged. Raises: PortFailure."""
        ends = (self._commit(ours), self._commit(theirs))
        argv = ["git", "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", *ends]
        code, out = self.repository.git().answer(argv, codes=(0, 1))
        _tree, *paths = text(out).split("\0")
        return tuple(path for path in paths if path) if code else ()

    def made(self, base: str, head: str, limit: int = 500) -> tuple[Made, ...]:
        """The commits in `head` and not in `base` with what each changed, newest first. Raises: PortFailure."""
        shape = ("-z", "--numstat", "--no-renames", "--format=tformat:%H%x00%P%x00%s%x00%an%x00%ct")
        quiet = ("--no-show-signature", "--no-ext-diff", "--no-textconv", f"--max-count={limit}")
        return parse_made(
            self._read("log", *shape, *quiet, self._commit(head), f"^{self._commit(base)}", "--")
        )

    def shown(self, commit: str, limit: int = 400_000) -> str:
        """What the commit says and changes, cut after about `limit` bytes. Raises: PortFailure."""
        shape = ("--stat", "--patch", "--format=medium", "--no-color", "--diff-merges=first-parent")
        quiet = ("--no-show-signature", "--no-ext-diff", "--no-textconv")
        argv = ["git", "show", *shape, *quiet, self._commit(commit), "--"]
        return self.repository.git().beginning(argv, limit).decode("utf-8", "replace")

    def unmerged(self) -> tuple[str, ...]:
        """The paths of the index that wait for somebody to solve a conflict. Raises: PortFailure."""
        rows = text(self._read("ls-files", "--unmerged", "-z", "--full-name")).split("\0")
        return tuple(dict.fromkeys(row.partition("\t")[2] for row in rows if row))

    def _read(self, *words: str) -> bytes:
        return self.repository.git().read(["git", *words])

    def _commit(self, name: str) -> str:
        """The object id behind the name. Raises: PortFailure when there is no such commit."""
        if OBJECT.fullmatch(name):
            return name
        found = self.repository.resolve(name)
        if not found:
            raise PortFailure("git", f"there is no commit {clean(name)} here.", "Fetch it: git fetch --tags")
        return found
