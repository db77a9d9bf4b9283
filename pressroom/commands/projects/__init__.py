"""Commands that begin a project, bring it up to date, and copy packaged layouts into it."""
