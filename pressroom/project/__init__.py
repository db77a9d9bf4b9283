"""A project's folder: its settings, its clinics, and the one reader and the one writer of its files."""

from pressroom.project.atomic import sync_folder, write_atomic, write_if_changed
from pressroom.project.clinics import (
    PLACEHOLDERS,
    Clinic,
    Logo,
    is_picture,
    locations_of,
    placeholder_values,
    read_clinics,
    unfilled,
)
from pressroom.project.files import Files
from pressroom.project.open_file import Read, file_bytes, file_text
from pressroom.project.packaged import PREFIX, packaged_root
from pressroom.project.settings import Project, ProjectError, find_project
from pressroom.project.toml_text import toml_table
