"""What believable values are drawn from: people, places, companies, goods, words and sentences, all of them made up.

Addresses of computers, telephone numbers and domain names are from the ranges reserved for documentation (RFC 2606,
RFC 5737, RFC 3849; the numbering plans' own ranges for drama).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A city with everything that has to agree with it; `phone` has `#` for a digit to draw."""

    city: str
    region: str
    region_code: str
    country: str
    country_code: str
    postal_code: str
    street: str
    phone: str
    timezone: str
    language: str
    latitude: float
    longitude: float


PLACES = (
    Place("Portland", "Oregon", "OR", "United States", "US", "97205", "Alder Street",
          "+150355501##", "America/Los_Angeles", "en", 45.5202, -122.6742),
    Place("Chicago", "Illinois", "IL", "United States", "US", "60607", "Halsted Street",
          "+131255501##", "America/Chicago", "en", 41.8781, -87.6298),
    Place("London", "Greater London", "LND", "United Kingdom", "GB", "EC1V 9BD", "Goswell Road",
          "+44207946####", "Europe/London", "en", 51.5265, -0.1021),
    Place("Toronto", "Ontario", "ON", "Canada", "CA", "M5V 2H1", "Wellington Street",
          "+141655501##", "America/Toronto", "en", 43.6446, -79.3871),
    Place("Berlin", "Berlin", "BE", "Germany", "DE", "10115", "Invalidenstraße",
          "+493023125###", "Europe/Berlin", "de", 52.5321, 13.3849),
    Place("Lyon", "Auvergne-Rhône-Alpes", "ARA", "France", "FR", "69002", "Rue Mercière",
          "+33465710###", "Europe/Paris", "fr", 45.7613, 4.8337),
    Place("Madrid", "Madrid", "MD", "Spain", "ES", "28004", "Calle de Hortaleza",
          "+34910######", "Europe/Madrid", "es", 40.4251, -3.6981),
    Place("Amsterdam", "Noord-Holland", "NH", "Netherlands", "NL", "1012 JS", "Nes",
          "+31209######", "Europe/Amsterdam", "nl", 52.3702, 4.8952),
    Place("Melbourne", "Victoria", "VIC", "Australia", "AU", "3000", "Flinders Lane",
          "+6137010####", "Australia/Melbourne", "en", -37.8164, 144.9650),
    Place("Gothenburg", "Västra Götaland", "O", "Sweden", "SE", "411 05", "Kungsgatan",
          "+463139006##", "Europe/Stockholm", "sv", 57.7059, 11.9650),
)  # fmt: skip

FIRST_NAMES = (
    "Ada", "Amara", "Anna", "Ben", "Carla", "Chen", "Clara", "Dario", "Elif", "Emil", "Farah", "Grace", "Hana", "Ivan",
    "Jonas", "Julia", "Kofi", "Lena", "Luis", "Maya", "Mei", "Nadia", "Noah", "Omar", "Priya", "Rosa", "Sam", "Sofia",
    "Tomas", "Yara", "Yuki", "Zoe",
)  # fmt: skip
LAST_NAMES = (
    "Abara", "Alvarez", "Becker", "Costa", "Diallo", "Eriksen", "Farouk", "Garcia", "Haddad", "Ito", "Jansen", "Kaya",
    "Keller", "Larsen", "Lopez", "Marin", "Mensah", "Moreau", "Nakamura", "Novak", "Okafor", "Park", "Patel", "Quinn",
    "Rossi", "Sato", "Silva", "Tanaka", "Vargas", "Weber", "Yilmaz", "Zhang",
)  # fmt: skip
COMPANIES = (
    "Alder & Finch", "Bluebird Foods", "Cobalt Studio", "Driftwood Travel", "Eastgate Motors", "Fernhill Dairy",
    "Gable Press", "Harbor Books", "Ironbark Tools", "Juniper Health", "Kestrel Cycles", "Larkspur Media",
    "Meadow Coffee", "Northwind Trading", "Orchard Labs", "Pinecrest Homes",
)  # fmt: skip
PRODUCTS = (
    "Canvas tote bag", "Ceramic mug", "Desk lamp", "Espresso cups", "Field notebook", "Linen shirt", "Oak side table",
    "Pocket umbrella", "Rain jacket", "Running shoes", "Steel water bottle", "Travel backpack", "Wireless keyboard",
    "Wool blanket", "Yearly plan", "Yoga mat",
)  # fmt: skip
WORDS = (
    "amber", "anchor", "aspen", "atlas", "beacon", "birch", "breeze", "bridge", "canyon", "cedar", "cinder", "cobalt",
    "comet", "copper", "coral", "crescent", "delta", "ember", "falcon", "fern", "garnet", "glacier", "granite", "grove",
    "harbor", "hazel", "heron", "indigo", "island", "ivory", "jasper", "juniper", "kestrel", "lagoon", "lantern",
    "laurel", "linden", "lotus", "maple", "marble", "meadow", "meridian", "mosaic", "nimbus", "ocean", "olive", "onyx",
    "opal", "orchard", "orchid", "osprey", "pebble", "pine", "prairie", "quartz", "raven", "ridge", "river", "saffron",
    "sage", "sierra", "silver", "slate", "spruce", "summit", "sunset", "tidal", "timber", "topaz", "tundra", "valley",
    "velvet", "violet", "willow", "winter", "zephyr",
)  # fmt: skip
SENTENCES = (
    "Sent to everybody who asked for it last week.",
    "The first draft is ready for review.",
    "Please keep the receipt until the order has arrived.",
    "Works as expected on every device that was tried.",
    "Delivered to the front desk before noon.",
    "The numbers for this quarter are in the second sheet.",
    "Call ahead if the gate is closed.",
    "Made from recycled material and easy to clean.",
    "Updated after the meeting with the design team.",
    "Two of the three steps are done.",
    "Ships within two working days.",
    "A short walk from the station, next to the bakery.",
    "Replaces the version from last spring.",
    "Free of charge for the first month.",
    "The door code changes every Monday.",
    "Reads well on a small screen too.",
)
TITLES = (
    "Checkout page loads twice", "Add a dark theme", "Export fails for long names", "Summer release plan",
    "Welcome to the team", "Monthly summary", "Search forgets the last filter", "Notes from the kickoff",
    "How we choose fonts", "Invoice shows the wrong address", "A better way to sort tags", "Weekend opening hours",
    "Slow start on older phones", "Guide for new members", "Rename the settings page", "Photos from the workshop",
)  # fmt: skip
COLORS = (
    ("teal", "#0f766e"), ("navy", "#1e3a8a"), ("crimson", "#b91c1c"), ("amber", "#b45309"), ("olive", "#4d7c0f"),
    ("violet", "#6d28d9"), ("slate", "#475569"), ("rose", "#be123c"), ("sky", "#0369a1"), ("forest", "#166534"),
)  # fmt: skip
TAGS = (
    "billing", "design", "mobile", "urgent", "docs", "backend", "research", "marketing", "onboarding", "security",
    "support", "weekly",
)  # fmt: skip
ROLES = ("Product manager", "Software engineer", "Designer", "Head of support", "Accountant", "Data analyst")
DEPARTMENTS = ("Engineering", "Finance", "Marketing", "Operations", "People", "Sales", "Support")
LANGUAGES = ("Python", "TypeScript", "Go", "Rust", "Java", "Ruby", "Kotlin", "Swift")
STEMS = ("report", "invoice", "photo", "contract", "summary", "agenda", "backup", "logo", "manual", "floor-plan")
METADATA = (
    ("order_id", "6735"), ("campaign", "spring"), ("source", "newsletter"), ("team", "checkout"), ("env", "staging"),
    ("reference", "A-1042"), ("region", "north"), ("channel", "web"),
)  # fmt: skip
AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15",
    "curl/8.11.0",
)
