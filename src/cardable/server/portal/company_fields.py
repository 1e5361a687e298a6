"""The fields of the company window that HTML has no input for: tags, and the choice of a parent."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from cardable.server.companies.changes import LONGEST_KEY, LONGEST_VALUE, TAGS

Pairs = list[tuple[str, str]]


class TagsWidget(forms.Widget):
    """Rows of key and value, with buttons that add and remove one."""

    template_name = "portal/companies/tags.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Pairs:
        keys, values = data.getlist(f"{name}_key"), data.getlist(f"{name}_value")
        return list(zip(keys, values, strict=False))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_key" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_0" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, dict(attrs or {}))
        pairs = list(value.items()) if isinstance(value, dict) else list(value or [])
        if not pairs:
            pairs = [("", "")]
        context["widget"] |= {
            "pairs": pairs[:TAGS],
            "may_add": len(pairs) < TAGS,
            "longest_key": LONGEST_KEY,
            "longest_value": LONGEST_VALUE,
        }
        return context


class TagsField(forms.Field):
    """Tags, kept as key to value; rows left empty are none."""

    widget = TagsWidget

    def clean(self, value: Pairs) -> dict[str, str]:
        pairs = [(key.strip(), text.strip()) for key, text in value or []]
        filled = [(key, text) for key, text in pairs if key or text]
        keys = [key for key, _ in filled]
        if not all(keys):
            raise forms.ValidationError(gettext("Each tag needs a key."))
        if len(set(keys)) < len(keys):
            raise forms.ValidationError(gettext("Each key can be used once."))
        return dict(filled)


class OneId(forms.UUIDField):
    """The id of the chosen radio button; none for the empty one."""

    def clean(self, value: Any) -> uuid.UUID | None:
        return super().clean(value) if value else None
