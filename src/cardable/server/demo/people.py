"""The companies of Demo Bank: who they are, what they use, and in which state an analyst finds them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Story:
    """One company and how far it has come."""

    name: str
    business: str = ""
    """A line of suppliers.toml, beside those everyone has; empty: it has brought nothing."""
    system: str = "other"
    platform: str = "Other software"
    style: str = "plain"
    scale: float = 1.0
    currency: str = "USD"
    below: str = ""
    ends: str = "Linked"
    """The status its connection ends in; empty: it has none."""
    description: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    brings: tuple[str, ...] = ("suppliers", "bills", "payments", "expenses")
    is_quarterly: bool = False
    """Whether it has been here long enough for Ongoing Insights."""
    waits_minutes: int = 0
    """So long its first reports are under way."""


GROUP = "Northwind Hospitality Group"
STORIES = (
    Story(
        name=GROUP,
        ends="",
        description="Hotels, catering and events on the coast.",
        tags={"Segment": "Mid-market", "Region": "West"},
    ),
    Story(
        name="Northwind Hotels",
        is_quarterly=True,
        business="hospitality",
        system="sage-intacct",
        platform="Sage Intacct",
        scale=2.4,
        below=GROUP,
    ),
    Story(
        name="Northwind Catering",
        business="hospitality",
        system="netsuite",
        platform="Oracle NetSuite",
        style="words",
        below=GROUP,
    ),
    Story(name="Northwind Events", system="xero", platform="Xero", below=GROUP, ends="PendingAuth"),
    Story(
        name="Cedar & Pine Builders",
        is_quarterly=True,
        business="construction",
        system="sage-100",
        platform="Sage 100",
        scale=1.3,
        description="Homes and light commercial.",
        tags={"Segment": "Mid-market", "Region": "North"},
    ),
    Story(
        name="Lakeshore Dental Partners",
        business="health",
        system="sage-50-accounts",
        platform="Sage 50 Accounts",
        style="words",
    ),
    Story(
        name="Bright Harbor Logistics",
        business="logistics",
        style="spend",
        brings=("payments",),
        description="Brings its payment run only.",
        tags={"Segment": "Large"},
    ),
    Story(
        name="Aurora Biotech GmbH",
        business="science",
        system="sap-business-one",
        platform="SAP Business One",
        style="german",
        currency="EUR",
        tags={"Region": "Europe"},
    ),
    Story(
        name="Maple Street Bakery",
        system="freshbooks",
        platform="FreshBooks",
        ends="PendingAuth",
        description="Asked twice; promised files for Friday.",
    ),
    Story(
        name="Redwood Grocers",
        business="retail",
        system="xero",
        platform="Xero",
        scale=0.6,
        ends="Deauthorized",
        brings=("suppliers", "bills", "payments"),
    ),
    Story(
        name="Summit Fitness",
        business="retail",
        system="freeagent",
        platform="FreeAgent",
        scale=0.5,
        ends="Unlinked",
    ),
    Story(name="Old Mill Antiques", ends="", description="Met at the chamber of commerce."),
    Story(
        name="Granite Peak Mining",
        business="construction",
        system="epicor",
        platform="Epicor",
        brings=("suppliers",),
    ),
    Story(
        name="Willow Creek Farms",
        business="retail",
        system="sage-200-standard",
        platform="Sage 200 Standard",
        scale=1.8,
        waits_minutes=10,
    ),
)
