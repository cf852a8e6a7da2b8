"""The manual and the routines as tagged PDF, made from the pages of the built site (docs/decisions/0012)."""
