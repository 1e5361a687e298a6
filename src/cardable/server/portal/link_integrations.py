"""Which kinds of software the Link offers: the part of its settings that grows with the catalogue."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.server.link.offer import Offer
from cardable.server.link.systems import catalogue, categories
from cardable.server.presentation.options import Category, Options

_RULES = {
    "is_on": (
        _("On"),
        _("Off: customers are told that there is nothing to connect right now, and to ask their contact."),
    ),
    "is_required": (_("Required"), _("Off: customers may continue without connecting.")),
    "takes_files": (
        _("File upload"),
        _(
            "Off: software whose data comes as files is not offered, nor is Other software. What stands above"
            " the place for files is among the texts."
        ),
    ),
}


class IntegrationsForm(forms.Form):
    """The Sandbox, and the rules of each category that has software."""

    sandbox = forms.BooleanField(
        label=_("Sandbox integrations"),
        required=False,
        help_text=_(
            "Offers test software with made-up data. link.showSandboxIntegrations=true or false in a Link URL"
            " says otherwise for one visit."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kept: Mapping[str, Any] = self.initial.get("categories", {})
        for category in categories():
            for rule, (label, hint) in _RULES.items():
                held = kept.get(category, {}).get(rule, getattr(Category(), rule))
                self.fields[_name(category, rule)] = forms.BooleanField(
                    label=label, required=False, help_text=hint, initial=held
                )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        answers["categories"] = {
            category: {rule: bool(answers.get(_name(category, rule))) for rule in _RULES}
            for category in categories()
        }
        return answers

    @property
    def categories(self) -> list[dict[str, Any]]:
        """Each category with its fields, as the page lays them out."""
        return [
            {"key": each, "title": gettext(each), "fields": [self[_name(each, rule)] for rule in _RULES]}
            for each in categories()
        ]


def warnings(options: Options) -> Iterator[str]:
    """What customers find otherwise than an issuer may expect, by the settings in force."""
    offer = Offer(options, options.sandbox)
    if offer.is_empty:
        yield gettext("Customers find nothing to connect. They are told to ask their contact.")
        return
    for category in categories():
        rules = options.category(category)
        left = [each.name for each in catalogue().values() if each.category == category and offer.has(each)]
        if rules.is_on and not rules.takes_files:
            words = gettext("Without file upload, customers find only what can be connected to: {software}.")
            yield words.format(software=", ".join(left))


def _name(category: str, rule: str) -> str:
    return f"{category.lower()}_{rule}"
