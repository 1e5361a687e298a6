"""The words that generated books are made of."""

FIRST_WORDS = (
    "Northwind", "Pacific", "Volt", "Bureau", "Metro", "Delta", "Sunrise", "Granite", "Harvest", "Cobalt",
    "Lakeside", "Summit", "Iron", "Cedar", "Blue", "Keystone", "Atlas", "Maple", "Silver", "Orchard",
    "Société", "Müller", "Nuñez", "Åland", "Kowalski",
)  # fmt: skip

SECOND_WORDS = (
    "Paper Co", "Energy LLC", "Couriers", "Consulting", "Cleaning", "Packaging", "Foods Inc", "Logistics",
    "Printing", "Software", "Security", "Catering", "Machinery GmbH", "Signs", "Legal LLP", "Telecom",
    "Fuel", "Travel", "Steel & Sons", "Studio",
)  # fmt: skip

PEOPLE = ("Ana Ruiz", "Daniel Okafor", "Chloé Martin", "Tom Hale", "Grace van der Berg", "Ivy Chen", "Lee")

STREETS = ("Harbor Street", "Depot Road", "Neon Avenue", "Server Lane", "Advisory Court", "Dawn Street")

CITIES = (
    ("Portland", "OR", "97201", "US"),
    ("Boston", "MA", "02110-1234", "US"),
    ("Reno", "NV", "89502", "US"),
    ("Austin", "TX", "78701", "US"),
    ("Paris", "", "75011", "France"),
    ("Toronto", "ON", "M5V 2T6", "CA"),
)

METHODS = (
    None, None, None, None, "ACH", "ACH", "Check", "Check", "Wire", "Bank transfer", "Visa", "Corporate card",
    "Debit card", "Virement bancaire", "Cash", "PayPal", "Contra settlement",
)  # fmt: skip

ACCOUNTS = (
    "Operating Account", "Operating Account", "Chase Checking 4471", "Amex Corporate 1009", "Visa Debit 3301",
    "Compte courant", "Petty cash", "Check Clearing", None,
)  # fmt: skip

PAYMENT_NOTES = (
    None, None, None, "Monthly run", "Check #20114", "Wire 88213", "virement SEPA", "Deposit for July",
    "paid by ACH", "Two invoices, one payment",
)  # fmt: skip

BILL_NOTES = (None, None, None, "Paper, 40 boxes", "Licences", "Quarterly service", "Rush delivery")

EXPENSE_NOTES = (
    None,
    None,
    "Licences",
    "Window vinyl",
    "Lunch with client",
    "Refund of unused seats",
    "Taxi",
)
