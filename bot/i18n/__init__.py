"""Catalogues and the choice of a locale."""
