"""Forms in the product's look: `{{ form }}` is the summary of errors, then each field with label and hint."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders forms and fields by the partials in ui/parts."""

    form_template_name = "ui/parts/form.html"
    field_template_name = "ui/parts/field.html"
