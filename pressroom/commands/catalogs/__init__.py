"""Commands for catalogs: extract, update, check, rename, migrate, measure lengths."""
