"""The commands by group, as in `pressroom/commands`: decorators, one call, what the user sees, the exit code."""
