"""Writes what a wheel needs into it, as an SBOM in CycloneDX 1.6: `*.dist-info/sboms/pressroom.cdx.json` (PEP 770).

Hatchling calls it. The packages and their hashes are those of the lock, the system's packages those that `./press`
installs, the fonts those that pages were checked with. The same checkout gives the same bytes: it has no date.
"""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "pressroom.cdx.json"
_ROOT = Path(__file__).parents[1]
_PIN = re.compile(r"^([\w.-]+)==([^\s;]+)([^\n]*(?:\n[ \t]+--hash=[^\n]*)*)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class SbomHook(BuildHookInterface):
    """The hook that puts the SBOM into a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the file, outside of the checkout, and name it to the builder."""
        if version != "editable":
            self._folder = tempfile.TemporaryDirectory()
            file = Path(self._folder.name) / NAME
            file.write_text(sbom(self.metadata.version), encoding="utf-8")
            build_data["sbom_files"].append(str(file))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the file: it is in the wheel."""
        if version != "editable":
            self._folder.cleanup()


def sbom(version: str) -> str:
    """The text of the SBOM of a version of pressroom."""
    purl = f"pkg:pypi/pressroom@{version}"
    components = [*_packages(), *_system_packages(), *_fonts()]
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": purl, "name": "pressroom", "version": version, "purl": purl,
            }
        },
        "components": components,
        "dependencies": [
            {"ref": purl, "dependsOn": sorted(component["bom-ref"] for component in components)},
            *({"ref": component["bom-ref"]} for component in components),
        ],
    }  # fmt: skip
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _packages() -> Iterator[dict[str, Any]]:
    """The Python packages of the lock, with the hashes of every file that may be installed."""
    licenses = tomllib.loads(_text("setup/licenses.toml"))
    for name, version, rest in _PIN.findall(_text("setup/requirements.txt")):
        purl = f"pkg:pypi/{name}@{version}"
        hashes = [{"alg": "SHA-256", "content": digest} for digest in _HASH.findall(rest)]
        marker = rest.partition("\n")[0].partition(";")[2].strip(" \\")
        component = {
            "type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "hashes": hashes,
            "licenses": [{"expression": licenses[name]}],
        }  # fmt: skip
        if marker:
            component |= {"scope": "optional", "properties": [{"name": "pressroom:marker", "value": marker}]}
        yield component


def _system_packages() -> Iterator[dict[str, Any]]:
    """Debian's packages. Their versions are those of the system that installs them."""
    for line in _text("setup/debian-packages.txt").splitlines():
        name = line.partition("#")[0].strip()
        if name:
            purl = f"pkg:deb/debian/{name}"
            terms = {"license": {"name": f"see /usr/share/doc/{name}/copyright"}}
            yield {"type": "library", "bom-ref": purl, "name": name, "purl": purl, "licenses": [terms]}


def _fonts() -> Iterator[dict[str, Any]]:
    """The files of the fonts, each with the hashes of those that pages were checked with."""
    families = tomllib.loads(_text("pressroom/language/fonts.toml"))
    for family, font in (families | families.pop("signs")).items():
        for weight, digests in font["sha256"].items():
            yield {
                "type": "file", "bom-ref": f"font:{family}:{weight}", "name": Path(font[weight]).name,
                "description": f"{family}, {weight}, from Debian's {font['package']}",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
                "licenses": [{"license": {"id": "OFL-1.1"}}],
            }  # fmt: skip


def _text(path: str) -> str:
    return (_ROOT / path).read_text(encoding="utf-8")
