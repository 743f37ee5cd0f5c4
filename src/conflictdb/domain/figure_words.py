"""The words of figures in phrases: what is counted, and what became of it. English, in lower case, one sense a word."""

from __future__ import annotations

from conflictdb.domain.vocabulary import Item, ItemFate, Metric

METRICS: dict[Metric, tuple[str, ...]] = {
    Metric.KILLED: (
        *("killed", "killed in action", "dead", "died", "kia", "fatality", "fatalities", "death", "deaths", "slain"),
    ),
    Metric.WOUNDED: ("wounded", "wounded in action", "injured", "wia", "hurt", "injury", "injuries"),
    Metric.MISSING: ("missing", "missing in action", "mia", "disappeared", "unaccounted for"),
    Metric.CAPTURED: (
        *("captured", "taken prisoner", "taken prisoners", "made prisoner", "taken captive", "taken hostage"),
        *("prisoner", "prisoners", "prisoners of war", "pow", "pows", "captives", "hostages"),
    ),
    Metric.DESERTED: ("deserted", "defected", "deserter", "deserters", "defectors"),
    Metric.DISPLACED: ("displaced", "fled"),
    Metric.CASUALTIES: ("casualty", "casualties", "losses"),
    Metric.PERSONS: ("present", "deployed", "fielded"),
}

FATES: dict[ItemFate, tuple[str, ...]] = {
    ItemFate.DESTROYED: (
        *("destroyed", "burned", "burnt", "burned down", "set alight", "set ablaze", "set on fire", "torched"),
        *("sunk", "shot down", "downed", "blown up"),
    ),
    ItemFate.CAPTURED: ("captured", "seized", "taken"),
    ItemFate.DAMAGED: ("damaged",),
    ItemFate.LOST: ("lost",),
    ItemFate.PRESENT: ("present", "deployed", "fielded"),
}

# The last word or words of a thing's name, in the singular; the longest that fits decides.
THINGS: dict[Item, tuple[str, ...]] = {
    Item.VEHICLE: (
        *("vehicle", "pickup", "pick-up", "truck", "tanker", "lorry", "car", "jeep", "tank", "apc", "ifv", "afv"),
        *("mrap", "bmp", "btr", "humvee", "personnel carrier", "armour", "armor", "motorcycle", "motorbike"),
        *("technical", "bus", "minibus", "van", "land cruiser", "bulldozer", "ambulance", "tractor", "train"),
    ),
    Item.AIRCRAFT: (
        *("aircraft", "airplane", "aeroplane", "plane", "helicopter", "gunship", "drone", "uav", "jet"),
        *("bomber", "glider", "airship"),
    ),
    Item.VESSEL: (
        *("vessel", "ship", "boat", "warship", "frigate", "sloop", "schooner", "brig", "corvette", "destroyer"),
        *("cruiser", "battleship", "aircraft carrier", "submarine", "galley", "trireme", "barge", "ferry"),
        *("gunboat", "horse-carrier", "pirogue", "canoe", "speedboat"),
    ),
    Item.WEAPON: (
        *("weapon", "gun", "artillery", "artillery piece", "rifle", "mortar", "cannon", "howitzer", "ammunition"),
        *("munition", "arm", "firearm", "launcher", "rocket"),
        *("missile", "grenade", "pistol", "cache", "gun battery", "explosive", "musket"),
    ),
}

BARE_THINGS = frozenset({"vehicle", "aircraft", "vessel", "weapon"})  # these add nothing to the item: no group

# These add nothing to the metric: no group.
BARE_PEOPLE = frozenset(
    {"soldier", "soldiers", "troop", "troops", "man", "men", "fighter", "fighters", "militant", "militants"}
    | {"personnel", "people", "person", "persons"}
)

# These count people, whatever stands before them: "20 French prisoners".
CAPTIVES = frozenset({"prisoner", "prisoners", "pow", "pows", "captives", "hostages", "deserters", "defectors"})

# These begin a remark, not a name: "26 soldiers near Dioura killed" is more than a figure.
REMARKS = frozenset({"in", "at", "by", "per", "from", "near", "on", "with", "including", "but", "not", "no", "plus"})

# "Captured" may be said of towns and horses, so there the last word of a group must be known for people.
PEOPLE = BARE_PEOPLE | frozenset(
    {"civilian", "civilians", "officer", "officers", "commander", "commanders", "general", "generals", "leader"}
    | {"leaders", "police", "policeman", "policemen", "gendarme", "gendarmes", "guard", "guards", "rebel", "rebels"}
    | {"insurgent", "insurgents", "combatant", "combatants", "terrorist", "terrorists", "jihadist", "jihadists"}
    | {"mercenary", "mercenaries", "militiaman", "militiamen", "serviceman", "servicemen", "sailor", "sailors"}
    | {"marine", "marines", "airman", "airmen", "pilot", "pilots", "crew", "crewmen", "women", "woman", "children"}
    | {"child", "boys", "girls", "villagers", "residents", "peacekeeper", "peacekeepers", "contractor", "contractors"}
    | {"journalist", "journalists", "worker", "workers", "driver", "drivers", "member", "members", "recruits"}
    | {"infantry", "infantrymen", "cavalry", "cavalrymen", "militia", "paratroopers", "conscripts", "volunteers"}
    | {"gunmen", "attackers", "defenders", "captain", "colonel", "lieutenant", "sergeant", "nco", "ncos"}
)

# "A cache of weapons" says how many caches, not how many weapons.
COLLECTIVES = ("cache", "stock", "stockpile", "store", "quantity", "haul", "consignment", "amount")
