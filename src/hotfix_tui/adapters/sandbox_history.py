"""The invented history of a drill's repository: a small vault program, its releases, a fault and its repair.

Version 1.0.4 brought the fault: a path is cut at its first space. The repair is on main, behind unreleased work.
"""

from __future__ import annotations

from dataclasses import field

from hotfix_tui.domain.record import record

LATEST, FIX_SUBJECT = "v1.0.4", "fix: keep the whole path when it holds a space (#42)"
"""The broken release, and the subject of the commit on main that repairs it."""


@record(frozen=True, slots=True)
class Revision:
    """A commit to make, `age` hours before the drill, with the files that it changes."""

    age: float
    author: str
    subject: str
    files: dict[str, str] = field(default_factory=dict)
    body: str = ""
    tag: str = ""
    """The annotated tag that it gets."""


PEOPLE = {
    "Ana": "Ana Alder <ana@keyhole.example>",
    "Bo": "Bo Birch <bo@keyhole.example>",
    "Cleo": "Cleo Cedar <cleo@keyhole.example>",
}

IGNORED = "/target\n"

README = """\
# keyhole

A vault for small secrets, on the command line.

    keyhole set TOKEN abc      keep a secret
    keyhole get TOKEN          print it
    keyhole list               print the names of all
"""

INSTALL = """
## Install

    cargo install keyhole

`KEYHOLE_VAULT` names the file that is used instead of `~/.keyhole`.
"""

JSON = """
## For scripts

`keyhole list --json` prints an array of names.
"""

PATH_FIRST = """\
//! Where the vault is.

use std::env;
use std::path::PathBuf;

/// The vault's file: `.keyhole` in the home folder.
pub fn vault() -> PathBuf {
    PathBuf::from(env::var("HOME").unwrap_or_default()).join(".keyhole")
}
"""

PATH_VARIABLE = """\
//! Where the vault is.

use std::env;
use std::path::PathBuf;

/// The vault's file: what `KEYHOLE_VAULT` names, or `.keyhole` in the home folder.
pub fn vault() -> PathBuf {
    match env::var("KEYHOLE_VAULT") {
        Ok(path) => PathBuf::from(path),
        Err(_) => PathBuf::from(env::var("HOME").unwrap_or_default()).join(".keyhole"),
    }
}
"""

PATH_BROKEN = """\
//! Where the vault is.

use std::env;
use std::path::PathBuf;

/// The vault's file: what `KEYHOLE_VAULT` names, or `.keyhole` in the home folder.
pub fn vault() -> PathBuf {
    let home = env::var("HOME").unwrap_or_default();
    let named = env::var("KEYHOLE_VAULT").unwrap_or_else(|_| String::from("~/.keyhole"));
    let first = named.split_whitespace().next().unwrap_or("~/.keyhole");
    match first.strip_prefix("~/") {
        Some(rest) => PathBuf::from(home).join(rest),
        None => PathBuf::from(first),
    }
}
"""

PATH_FIXED = PATH_BROKEN.replace(
    """\
    let first = named.split_whitespace().next().unwrap_or("~/.keyhole");
    match first.strip_prefix("~/") {
        Some(rest) => PathBuf::from(home).join(rest),
        None => PathBuf::from(first),
    }
""",
    """\
    match named.strip_prefix("~/") {
        Some(rest) => PathBuf::from(home).join(rest),
        None => PathBuf::from(named),
    }
""",
)

MAIN = """\
//! keyhole: a vault for small secrets.

mod path;

use std::collections::BTreeMap;
use std::{env, fs, process};

fn read() -> BTreeMap<String, String> {
    let text = fs::read_to_string(path::vault()).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .collect()
}

fn write(entries: &BTreeMap<String, String>) {
    let text: String = entries.iter().map(|(name, value)| format!("{name}={value}\\n")).collect();
    if let Err(error) = fs::write(path::vault(), text) {
        eprintln!("keyhole: {}: {error}", path::vault().display());
        process::exit(1);
    }
}

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--version"] => println!("keyhole {}", env!("CARGO_PKG_VERSION")),
        ["get", name] => match read().get(*name) {
            Some(value) => println!("{value}"),
            None => process::exit(1),
        },
        ["set", name, value] => {
            let mut entries = read();
            entries.insert(name.to_string(), value.to_string());
            write(&entries);
        }
        _ => {
            eprintln!("usage: keyhole get NAME | set NAME VALUE");
            process::exit(2);
        }
    }
}
"""

MAIN_LIST = MAIN.replace(
    "        _ => {\n",
    """        ["list"] => read().keys().for_each(|name| println!("{name}")),\n        _ => {\n""",
).replace("set NAME VALUE", "set NAME VALUE | list")

MAIN_JSON = MAIN_LIST.replace(
    "        _ => {\n",
    """\
        ["list", "--json"] => {
            let names: Vec<String> = read().keys().map(|name| format!("{name:?}")).collect();
            println!("[{}]", names.join(","));
        }
        _ => {
""",
).replace("| list", "| list [--json]")

TEST_SYSTEM = """\
//! The program as a whole.

use std::process::Command;

#[test]
fn it_says_its_version() {
    let said = Command::new(env!("CARGO_BIN_EXE_keyhole")).arg("--version").output().unwrap();
    assert!(String::from_utf8_lossy(&said.stdout).contains(env!("CARGO_PKG_VERSION")));
}
"""

TEST_CLI = """\
//! What people do with it.

use std::process::Command;

fn keyhole(vault: &str, words: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_keyhole");
    let said = Command::new(program).env("KEYHOLE_VAULT", vault).args(words).output().unwrap();
    String::from_utf8_lossy(&said.stdout).trim().to_string()
}

#[test]
fn what_was_set_is_there() {
    let vault = std::env::temp_dir().join("keyhole-test-plain");
    keyhole(vault.to_str().unwrap(), &["set", "TOKEN", "abc"]);
    assert_eq!(keyhole(vault.to_str().unwrap(), &["get", "TOKEN"]), "abc");
}
"""

TEST_FIX = """
#[test]
fn a_space_belongs_to_the_path() {
    let vault = std::env::temp_dir().join("keyhole test space");
    keyhole(vault.to_str().unwrap(), &["set", "TOKEN", "abc"]);
    assert!(vault.exists());
}
"""


LOCK_HEAD = """\
# This file is automatically @generated by Cargo.
# It is not intended for manual editing.
"""


def manifest(version: str) -> dict[str, str]:
    """Cargo.toml and Cargo.lock at this version."""
    package = f'name = "keyhole"\nversion = "{version}"\n'
    return {
        "Cargo.toml": f'[package]\n{package}edition = "2021"\nlicense = "MIT"\n\n[dependencies]\n',
        "Cargo.lock": f"{LOCK_HEAD}version = 3\n\n[[package]]\n{package}",
    }


RELEASES = (
    ("1.0.2", "### Added\n- `keyhole list`\n"),
    ("1.0.3", "### Added\n- `KEYHOLE_VAULT` names the vault\n"),
    ("1.0.4", "### Added\n- `~/` at the beginning of `KEYHOLE_VAULT`\n"),
    ("1.1.0-beta.1", "### Added\n- `keyhole list --json`\n"),
)


def release(version: str, age: float, author: str) -> Revision:
    """The commit that makes a release, with its changelog and its tag; its date in the changelog is left out."""
    known = [number for number, _ in RELEASES]
    sections = [f"## [{number}]\n\n{text}" for number, text in RELEASES[: known.index(version) + 1]]
    files = {**manifest(version), "CHANGELOG.md": "\n".join(["# Changelog\n", *reversed(sections)])}
    return Revision(age, author, f"chore: release {version}", files, tag=f"v{version}")


HISTORY = (
    Revision(
        1500,
        "Ana",
        "Begin: a vault with get and set",
        {
            ".gitignore": IGNORED,
            "README.md": README.replace("    keyhole list               print the names of all\n", ""),
            "src/main.rs": MAIN,
            "src/path.rs": PATH_FIRST,
            "tests/system_integration.rs": TEST_SYSTEM,
            **manifest("1.0.1"),
        },
    ),
    Revision(
        1310, "Bo", "feat: list the names of all secrets", {"README.md": README, "src/main.rs": MAIN_LIST}
    ),
    release("1.0.2", 1302, "Ana"),
    Revision(
        980, "Cleo", "feat: read the vault's path from KEYHOLE_VAULT (#17)", {"src/path.rs": PATH_VARIABLE}
    ),
    Revision(972, "Cleo", "docs: say how to install it", {"README.md": README + INSTALL}),
    Revision(961, "Cleo", "test: set and get through the program", {"tests/e2e_cli_tests.rs": TEST_CLI}),
    release("1.0.3", 955, "Ana"),
    Revision(122, "Bo", "feat: accept ~/ in KEYHOLE_VAULT (#38)", {"src/path.rs": PATH_BROKEN}),
    release("1.0.4", 98, "Ana"),
    Revision(51, "Cleo", "feat: list --json (#40)", {"src/main.rs": MAIN_JSON}),
    release("1.1.0-beta.1", 47, "Ana"),
    Revision(
        3,
        "Bo",
        FIX_SUBJECT,
        {"src/path.rs": PATH_FIXED, "tests/e2e_cli_tests.rs": TEST_CLI + TEST_FIX},
        body="The path was cut at its first space, so a secret was written over whatever file has the shorter name.",
    ),
    Revision(1, "Cleo", "docs: describe list --json", {"README.md": README + INSTALL + JSON}),
)
"""The commits of main, the oldest first."""
