"""A project on disk: a folder goes in, its settings, its clinics and the paths of its files come out."""

from pressroom.project.clinics import (
    PLACEHOLDERS,
    Clinic,
    Logo,
    is_picture,
    locations_of,
    placeholder_values,
    read_clinics,
)
from pressroom.project.find import Project, find_project
from pressroom.project.open_file import read_bytes, read_text, read_toml
from pressroom.project.settings import ProjectError

__all__ = [
    "PLACEHOLDERS",
    "Clinic",
    "Logo",
    "Project",
    "ProjectError",
    "find_project",
    "is_picture",
    "locations_of",
    "placeholder_values",
    "read_bytes",
    "read_clinics",
    "read_text",
    "read_toml",
]
