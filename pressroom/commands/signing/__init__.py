"""Sign-offs, waivers, refusals and recalls, and the state of each piece."""
