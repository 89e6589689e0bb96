"""What is shipped works where it lands: built, installed and started away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
AWAY = Path("/")

pytestmark = pytest.mark.xdist_group("packaging")


def call(*argv: str | Path, folder: Path = AWAY) -> str:
    """What the command prints; it must succeed, and it sees no hint of the checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    answer = subprocess.run(
        [str(word) for word in argv],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, f"{argv} failed:\n{answer.stdout}\n{answer.stderr}"
    return answer.stdout


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, built from the checkout with the hatchling at hand, offline."""
    folder = tmp_path_factory.mktemp("sdist")
    call(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, folder=ROOT)
    return next(folder.glob("hotfix_tui-*.tar.gz"))


@pytest.fixture(scope="module")
def wheels(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel built from the checkout and the wheel built from the unpacked source archive."""
    folder = tmp_path_factory.mktemp("wheels")
    shutil.unpack_archive(sdist, folder)
    unpacked = folder / sdist.name.removesuffix(".tar.gz")
    built = {}
    for origin, source in (("checkout", ROOT), ("sdist", unpacked)):
        target = folder / origin
        call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target, folder=source)
        built[origin] = next(target.glob("hotfix_tui-*.whl"))
    return built


def install(wheel: Path, folder: Path) -> Path:
    """An empty environment that holds the wheel; its dependencies are borrowed from ours, our package is not.

    A `.pth` line would run the checkout's own `.pth` too if it used site.addsitedir; a bare path does not.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    options = ("--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    call(sys.executable, "-m", "pip", "--python", python, "install", *options, wheel)
    site = Path(call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


@pytest.fixture(scope="module", params=["checkout", "sdist"])
def installed(
    request: pytest.FixtureRequest, wheels: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of the programs of an environment with the package installed."""
    return install(wheels[request.param], tmp_path_factory.mktemp("installed") / "venv")


def test_the_installed_package_is_the_wheels(installed: Path) -> None:
    """The environment runs the code that was shipped, not the checkout's: the tests below test what they say."""
    where = call(installed / "python", "-c", "import hotfix_tui; print(hotfix_tui.__file__)")
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_version_answers_from_another_folder(installed: Path) -> None:
    """`hotfix --version` says the version of the checkout."""
    from hotfix_tui import __version__

    assert call(installed / "hotfix", "--version").split()[-1] == __version__
    assert call(installed / "python", "-m", "hotfix_tui", "--version").split()[-1] == __version__


def test_doctor_finds_a_whole_installation_from_another_folder(installed: Path, tmp_path: Path) -> None:
    """`hotfix doctor` starts, finds what it needs (its stylesheets too) and is content."""
    call(installed / "hotfix", "doctor", folder=tmp_path)


def test_the_stylesheets_are_found_where_they_were_installed(installed: Path) -> None:
    """The looks are shipped inside the package and found there."""
    code = "from hotfix_tui._resources import styles_dir; print(styles_dir())"
    assert Path(call(installed / "python", "-c", code).strip()).is_relative_to(installed.parent)


def test_the_wheel_holds_everything_and_nothing_else(wheels: dict[str, Path]) -> None:
    """Every source, data and style file is in both wheels, with the type marker; tests and pictures are not."""
    package = ROOT / "src" / "hotfix_tui"
    wanted = {str(Path("hotfix_tui") / path.relative_to(package)) for path in data_files(package)}
    wanted |= {str(Path("hotfix_tui/styles") / path.name) for path in (ROOT / "styles").glob("*.tcss")}
    for wheel in wheels.values():
        have = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
        assert have == wanted
    assert "hotfix_tui/py.typed" in wanted


def data_files(package: Path) -> list[Path]:
    """The package's files as git would keep them."""
    return [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_the_source_archive_leaves_the_pictures_at_home(sdist: Path) -> None:
    """The archive holds the tests and the styles; the pictures would be most of its size and stay out."""
    with tarfile.open(sdist) as archive:
        tops = {name.split("/")[1] for name in archive.getnames() if "/" in name}
    assert {"src", "styles", "tests", "pyproject.toml", "LICENSE", "README.md"} <= tops
    assert "snapshots" not in tops
