"""Catalogs kept: the English goes in, catalogs brought up to it and what is wrong in them come out."""
