"""One module a command: decorators, one call of the pipeline, and what the user is told of it."""
