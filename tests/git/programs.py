"""Small programs that stand in for gh, npm and cargo: they record how they were called and answer like the real ones."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

GH = r"""
import re, subprocess

def option(name, default=""):
    return next((a.partition("=")[2] for a in argv if a.startswith(f"--{name}=")), default)

def listed(things, many=True):
    names = re.findall(r"\.(\w+)", option("jq") or argv[argv.index("--jq") + 1])
    names = [n for n in names if n]
    for thing in things:
        print(json.dumps([thing.get(name) for name in names]))

def fail(text, code=1):
    print(text, file=sys.stderr)
    sys.exit(code)

if state.get("broken"):
    fail(state["broken"], 4)
pulls = state.setdefault("pulls", [])
releases = state.setdefault("releases", {})
family, verb = argv[:2]
if (family, verb) == ("pr", "list"):
    listed(reversed([p for p in pulls if p["headRefName"] == option("head")]))
elif (family, verb) == ("pr", "create"):
    branch = option("head")
    tip = subprocess.run(["git", "ls-remote", "origin", "refs/heads/" + branch], capture_output=True, text=True)
    number = len(pulls) + 1
    pulls.append({
        "number": number, "state": "OPEN", "headRefName": branch, "baseRefName": option("base"),
        "headRefOid": tip.stdout.split()[0], "url": f"https://forge/pull/{number}", "title": option("title"),
    })
    print(f"https://forge/pull/{number}")
elif (family, verb) in (("pr", "merge"), ("pr", "close")):
    found = [p for p in pulls if argv[2] in (str(p["number"]), p["headRefName"]) and p["state"] == "OPEN"]
    if not found:
        fail("no pull requests found")
    found[-1]["state"] = "MERGED" if verb == "merge" else "CLOSED"
elif (family, verb) == ("release", "view"):
    if argv[2] not in releases:
        fail("release not found")
    listed([releases[argv[2]]])
elif (family, verb) == ("release", "create"):
    releases[argv[2]] = {
        "tagName": argv[2], "name": option("title"), "isDraft": False, "isPrerelease": "--prerelease" in argv,
        "url": "https://forge/releases/" + argv[2], "body": option("notes"),
    }
    print("https://forge/releases/" + argv[2])
elif (family, verb) == ("release", "delete"):
    del releases[argv[2]]
elif (family, verb) == ("run", "list"):
    listed(state.get("runs", []))
else:
    fail("unknown command " + " ".join(argv))
"""
"""gh, as far as hotfix uses it; what the forge knows stands in gh.json."""

NPM = r"""
here = json.loads(Path("package.json").read_text())
if argv[0] == "publish" and "--dry-run" in argv:
    print("+ " + here["name"] + "@" + here["version"])
    sys.exit(state.get("rehearsal", 0))
if argv[0] == "publish":
    if here["version"] in state.get("versions", []):
        print("npm error 403 You cannot publish over the previously published versions", file=sys.stderr)
        sys.exit(1)
    state.setdefault("versions", []).append(here["version"])
    print("+ " + here["name"] + "@" + here["version"])
elif argv[0] == "view":
    wanted = argv[1].rpartition("@")[2]
    state["looks"] = state.get("looks", 0) + 1
    hidden = state.get("hidden", 0)
    known = [] if state["looks"] < hidden else state.get("versions", [])
    if wanted == "latest":
        print(known[-1] if known else "")
    elif wanted in known:
        print(wanted)
"""
"""npm with a registry in npm.json: "hidden" is how many looks it takes until a version shows."""

CARGO = r"""
import re
text = Path("Cargo.toml").read_text()
name, version = (re.search(rf'{key} = "(.*)"', text)[1] for key in ("name", "version"))
if argv[0] == "publish" and "--dry-run" not in argv:
    state.setdefault("versions", []).append(version)
elif argv[0] == "info":
    wanted = argv[-1].partition("@")[2]
    if wanted not in state.get("versions", []):
        print("error: could not find it in registry", file=sys.stderr)
        sys.exit(101)
    print(f"{name}\nversion: {wanted}")
"""
"""cargo with a registry in cargo.json."""

AROUND = """#!{python}
import json, sys
from pathlib import Path
argv = sys.argv[1:]
home = Path(__file__).resolve().parent
with (home / "{name}.calls").open("a") as calls:
    calls.write(json.dumps(argv) + "\\n")
known = home / "{name}.json"
state = json.loads(known.read_text()) if known.exists() else {{}}
try:
    names = {{"argv": argv, "state": state, "json": json, "sys": sys, "Path": Path}}
    exec(compile({body!r}, "{name}", "exec"), names)
finally:
    known.write_text(json.dumps(state))
"""


class Program:
    """A stand-in on the PATH."""

    def __init__(self, home: Path, name: str, body: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._home, self._name = home, name
        path = home / name
        path.write_text(AROUND.format(python=sys.executable, name=name, body=body))
        path.chmod(0o755)

    @property
    def calls(self) -> list[list[str]]:
        """How it was called, in order."""
        path = self._home / f"{self._name}.calls"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def wrote(self, *words: str) -> list[list[str]]:
        """Those calls that begin with these words."""
        return [call for call in self.calls if call[: len(words)] == list(words)]

    @property
    def state(self) -> dict[str, Any]:
        """What it knows."""
        path = self._home / f"{self._name}.json"
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def knows(self, **more: object) -> None:
        """Let it know more."""
        (self._home / f"{self._name}.json").write_text(json.dumps({**self.state, **more}))


def on_path(monkeypatch: pytest.MonkeyPatch, home: Path, **bodies: str) -> Mapping[str, Program]:
    """Stand-ins of these names, found before everything else."""
    made = {name: Program(home, name, body) for name, body in bodies.items()}
    monkeypatch.setenv("PATH", f"{home}{os.pathsep}{os.environ['PATH']}")
    return made


def without(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """A PATH on which there is git and nothing else of interest."""
    home.mkdir(parents=True, exist_ok=True)
    for name in ("git", "sh"):
        found = next(Path(p, name) for p in os.environ["PATH"].split(os.pathsep) if Path(p, name).exists())
        (home / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(home))
