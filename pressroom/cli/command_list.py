"""The commands, in the groups and order of `--help`, each with its module in pressroom/cli/commands."""

from __future__ import annotations

from typing import Final

GROUPS: Final[dict[str, dict[str, str]]] = {
    "Begin": {
        "demo": "projects",
        "init": "projects",
        "serve": "serve",
    },
    "Write": {
        "new-document": "catalogs",
        "check": "catalogs",
        "rename": "catalogs",
        "remove-document": "catalogs",
    },
    "Translate": {
        "new": "catalogs",
        "update": "catalogs",
        "status": "status",
        "handoff": "handoff",
        "drafted": "catalogs",
        "extract": "catalogs",
        "lengths": "catalogs",
        "migrate": "catalogs",
    },
    "Build and print": {
        "build": "building",
        "sheet": "sheets",
        "preflight": "building",
        "specimen": "building",
    },
    "Sign": {
        "people": "people",
        "review": "signing",
        "sign": "signing",
        "waive": "signing",
        "return": "signing",
        "unsign": "signing",
    },
    "Release": {
        "recall": "releasing",
        "rollback": "releasing",
        "verify": "releasing",
        "audit": "audit",
        "prune": "pruning",
    },
    "Look up": {
        "products": "lookups",
        "locales": "catalogs",
        "fonts": "lookups",
        "editions": "releasing",
    },
    "Set up": {
        "brand": "brand",
        "override": "projects",
        "upgrade": "projects",
        "completion": "set_up",
    },
}

COMMANDS: Final = {name: module for commands in GROUPS.values() for name, module in commands.items()}
