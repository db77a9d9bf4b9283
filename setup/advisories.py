"""Asks OSV, the public list of advisories, about each package of the locks: `./press advisories [--source URL]`.

Ends with 0 if the list knows none, with 1 if it knows one, and with 75 if the list could not be asked about every
package: then nothing is known, and it says so. Needs a network; no other command does.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

_HERE = Path(__file__).parent
_OSV = "https://api.osv.dev/v1/query"
_NONE, _FOUND, _NOT_ASKED = 0, 1, 75


def main() -> int:
    """Ask, print each advisory, and give the exit code."""
    parser = argparse.ArgumentParser(prog="./press advisories", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--source", default=_OSV, metavar="URL", help=f"a list that answers as OSV does ({_OSV})")
    parser.add_argument("--lock", type=Path, default=_HERE / "requirements-dev.txt", help="has all of the other lock")
    wanted = parser.parse_args()
    packages, error = _answers(wanted.lock, wanted.source)
    unknown = [f"{package['name']}: {package['skip_reason']}" for package in packages if "skip_reason" in package]
    if error or unknown or not packages:
        why = "; ".join(unknown) or error or f"{wanted.lock} has no package"
        print(f"advisories: {wanted.source} could not be asked: {why}", file=sys.stderr)
        print("advisories: NOTHING IS KNOWN of these packages; try again where there is a network", file=sys.stderr)
        return _NOT_ASKED
    used = set(re.findall(r"^([\w.-]+)==", (_HERE / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    found = [(package, advisory) for package in packages for advisory in package["vulns"]]
    for package, advisory in found:
        where = "a build uses it" if package["name"] in used else "for the tests alone"
        fixed = ", ".join(advisory["fix_versions"]) or "no version yet"
        names = " ".join((advisory["id"], *advisory["aliases"]))
        print(f"{package['name']} {package['version']} ({where}): {names}; fixed in {fixed}")
    print(f"packages that {wanted.source} was asked about: {len(packages)}; advisories: {len(found)}")
    if found:
        print("Raise the version (CONTRIBUTING.md, Dependencies), or write in the commit why it does no harm here.")
    return _FOUND if found else _NONE


def _answers(lock: Path, source: str) -> tuple[list[dict[str, object]], str]:
    """What pip-audit says of each package; or the last line of what it says if it gives no answer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "found.json"
        command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--progress-spinner", "off", "--timeout", "15"]
        command += ["-r", str(lock), "-s", "osv", "--osv-url", source, "--cache-dir", folder]
        done = subprocess.run([*command, "-f", "json", "-o", str(file)], capture_output=True, text=True, check=False)
        if file.is_file() and file.stat().st_size:
            return json.loads(file.read_text(encoding="utf-8"))["dependencies"], ""
        lines = done.stderr.strip().splitlines() or [f"pip-audit ended with {done.returncode}"]
        return [], lines[-1]


if __name__ == "__main__":
    sys.exit(main())
