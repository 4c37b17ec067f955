"""Statutory templates, loaded from `template-<id>.toml` beside this file."""

from extract.forms.load import form_ids, load_form

__all__ = ["form_ids", "load_form"]
