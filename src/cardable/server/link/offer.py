"""What software a customer may choose, as the issuer set it and its Link URL says."""

from dataclasses import dataclass

from cardable.server.link.systems import OTHER, System, catalogue, groups
from cardable.server.presentation.options import Options


@dataclass(frozen=True)
class Offer:
    """The software on offer to one visit."""

    options: Options
    shows_tests: bool

    def has(self, system: System) -> bool:
        """Whether it may be chosen."""
        if system.is_test:
            return self.shows_tests and self.options.category(system.category).is_on
        return self.options.allows(system.key) and self.takes(system)

    def takes(self, system: System) -> bool:
        """Whether more of it may be brought, also where it was chosen while it was on offer."""
        rules = self.options.category(system.category)
        return rules.is_on and (system.is_live or rules.takes_files)

    @property
    def is_empty(self) -> bool:
        return not any(self.has(each) for each in catalogue().values())

    @property
    def is_required(self) -> bool:
        """Whether the journey ends with a connection only; where nothing is on, nothing is required."""
        known = {each.category for each in catalogue().values()}
        rules = [self.options.category(each) for each in known]
        return any(each.is_on and each.is_required for each in rules)

    @property
    def has_files(self) -> bool:
        """Whether there is software on offer whose data comes as files."""
        return any(self.has(each) and not each.is_live for each in catalogue().values())

    def found(self, text: str) -> list[tuple[str, list[System]]]:
        """What has these words in its name, by group, but for the ways out: other software and tests."""
        kept = [
            (group, [each for each in found if self.has(each) and each.key != OTHER and not each.is_test])
            for group, found in groups(text)
        ]
        return [(group, found) for group, found in kept if found]

    def tests(self, text: str) -> list[System]:
        """Software with made-up data that has these words in its name."""
        return [each for _, found in groups(text) for each in found if each.is_test and self.has(each)]
