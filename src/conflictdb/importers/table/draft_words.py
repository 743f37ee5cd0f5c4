"""What people call the columns of their tables, in several languages, folded; other scripts are transliterated."""

from __future__ import annotations

from collections.abc import Mapping

from conflictdb.domain.vocabulary import EventType

FIELD_WORDS: Mapping[str, tuple[str, ...]] = {
    "id": (
        *("id", "event id", "incident id", "ref", "reference", "no", "nr", "num", "number", "code", "key", "case id"),
        *("codigo", "folio", "numero", "identificador", "identifiant", "kennung", "nummer", "nomer", "kod"),
    ),
    "name": (
        *("name", "title", "headline", "event", "event name", "incident", "titulo", "nombre", "evento", "titre", "nom"),
        *("evenement", "titel", "bezeichnung", "ereignis", "titolo", "nome", "nazvanie", "sobytie", "zagolovok"),
    ),
    "type": (
        *("type", "event type", "incident type", "category", "tipo", "tipo de evento", "categoria", "categorie"),
        *("type devenement", "typ", "art", "kategorie", "tip", "vid", "tipo di evento"),
    ),
    "subtype": ("subtype", "sub type", "sub event type", "subtipo", "sous type", "untertyp", "sottotipo", "podtip"),
    "conflict": ("conflict", "war", "conflicto", "guerra", "conflit", "guerre", "konflikt", "krieg", "conflitto"),
    "date": (
        *("date", "event date", "start date", "date start", "day", "when", "fecha", "fecha inicio", "dia", "jour"),
        *("date debut", "date de debut", "datum", "tag", "beginn", "data", "data inicio", "data inizio", "tarikh"),
    ),
    "date_end": (
        *("end date", "date end", "to date", "fecha fin", "fecha final", "date fin", "date de fin", "enddatum", "ende"),
        *("data fim", "data final", "data fine", "data okonchaniya"),
    ),
    "place": (
        *(
            "place",
            "location",
            "village",
            "town",
            "city",
            "site",
            "settlement",
            "where",
            "lugar",
            "localidad",
            "ciudad",
        ),
        *("pueblo", "lieu", "localite", "ville", "ort", "ortschaft", "stadt", "local", "localidade", "cidade", "luogo"),
        *("citta", "mesto", "gorod", "naselennyi punkt", "punkt"),
    ),
    "admin1": (
        *("admin1", "region", "province", "state", "governorate", "oblast", "provincia", "estado", "departamento"),
        *("departement", "provinz", "bundesland", "regione", "regiao", "wilaya"),
    ),
    "admin2": ("admin2", "district", "county", "municipality", "cercle", "municipio", "distrito", "kreis", "raion"),
    "country": ("country", "pais", "pays", "land", "paese", "strana", "nation"),
    "latitude": ("lat", "latitude", "latitud", "breite", "breitengrad", "latitudine", "shirota", "y", "gps lat"),
    "longitude": (
        *("lon", "lng", "long", "longitude", "longitud", "lange", "laenge", "langengrad", "longitudine", "dolgota"),
        *("x", "gps lon", "gps lng"),
    ),
    "side_1": (
        *("actor a", "actor 1", "actor1", "side a", "side 1", "side1", "party 1", "attacker", "attackers"),
        *("perpetrator", "perpetrators", "bando 1", "bando a", "parte 1", "parte a", "atacante", "agresor", "camp 1"),
        *("camp a", "acteur 1", "assaillant", "assaillants", "auteur", "partei 1", "partei a", "akteur 1", "angreifer"),
        *("lado a", "lado 1", "ator 1", "agressor", "storona 1", "storona a", "attaccante", "napadavshie"),
    ),
    "side_2": (
        *("actor b", "actor 2", "actor2", "side b", "side 2", "side2", "party 2", "defender", "defenders", "target"),
        *("bando 2", "bando b", "parte 2", "parte b", "defensor", "objetivo", "camp 2", "camp b", "acteur 2"),
        *("defenseur", "defenseurs", "cible", "partei 2", "partei b", "akteur 2", "verteidiger", "ziel", "lado b"),
        *("lado 2", "ator 2", "alvo", "storona 2", "storona b", "difensore", "oboronyavshiesya"),
    ),
    "result": ("result", "outcome", "resultado", "resultat", "issue", "ergebnis", "ausgang", "risultato", "rezultat"),
    "notes": (
        *("notes", "note", "description", "summary", "details", "comments", "narrative", "descripcion", "resumen"),
        *("notas", "detalles", "resume", "remarques", "beschreibung", "bemerkung", "bemerkungen", "anmerkung"),
        *("descricao", "resumo", "descrizione", "riassunto", "opisanie", "primechanie"),
    ),
    "source": (
        *("source", "sources", "link", "url", "source url", "web", "fuente", "enlace", "lien", "quelle", "fonte"),
        *("istochnik", "ssylka", "document", "documento"),
    ),
    "claimant": (
        *("said by", "stated by", "claimed by", "claimant", "according to", "reported by", "per", "segun", "dicho por"),
        *("declarado por", "selon", "dapres", "declare par", "laut", "angaben von", "angabe von", "segundo"),
        *("secondo", "dichiarato da", "po dannym", "zayavil"),
    ),
    "stated_on": (
        *("report date", "reported on", "date reported", "stated on", "date stated", "publication date", "published"),
        *("date published", "fecha del informe", "fecha de publicacion", "fecha informe", "date du rapport"),
        *("date de publication", "date de declaration", "berichtsdatum", "meldedatum", "data da publicacao"),
        *("data do relatorio", "data del rapporto", "data soobshcheniya"),
    ),
    "wording": ("wording", "quote", "quotation", "cita", "cita textual", "citation", "zitat", "citacao", "tsitata"),
}

LOSS_WORDS: Mapping[str, tuple[str, ...]] = {
    "killed": (
        *("killed", "dead", "deaths", "death", "fatalities", "died", "kia", "muertos", "muertes", "fallecidos"),
        *("tues", "morts", "deces", "tote", "getotete", "gefallene", "mortos", "mortes", "morti", "uccisi"),
        *("pogibshie", "pogiblo", "ubito", "ubitye", "smerti"),
    ),
    "wounded": (
        *("wounded", "injured", "wia", "injuries", "heridos", "lesionados", "blesses", "verletzte", "verwundete"),
        *("feridos", "feriti", "ranenye", "raneno"),
    ),
    "missing": ("missing", "mia", "desaparecidos", "disparus", "vermisste", "dispersi", "propavshie"),
    "captured": (
        *("captured", "prisoners", "pow", "pows", "abducted", "kidnapped", "capturados", "prisioneros", "prisonniers"),
        *("gefangene", "prisioneiros", "prigionieri", "plennye"),
    ),
    "displaced": ("displaced", "desplazados", "deplaces", "vertriebene", "deslocados", "sfollati"),
    "casualties": ("casualties", "losses", "bajas", "pertes", "verluste", "baixas", "perdite", "poteri"),
    "strength": ("strength", "fighters", "efectivos", "effectifs", "starke", "efetivo", "effettivi", "chislennost"),
}
"""What a figure counts. Of a thing, as of vehicles, a name seldom says what became of it: it is left to the user."""

WHOSE_WORDS: Mapping[str, tuple[str, ...]] = {
    "civilians": (
        *("civilian", "civilians", "civil", "civiles", "civils", "zivilisten", "zivil", "civis", "civili"),
        *("grazhdanskie", "mirnye"),
    ),
    "side_1": (
        "side a",
        "side 1",
        "actor a",
        "actor 1",
        "a",
        "1",
        "bando a",
        "bando 1",
        "camp 1",
        "partei a",
        "lado a",
    ),
    "side_2": (
        "side b",
        "side 2",
        "actor b",
        "actor 2",
        "b",
        "2",
        "bando b",
        "bando 2",
        "camp 2",
        "partei b",
        "lado b",
    ),
}

BOUND_WORDS: Mapping[str, tuple[str, ...]] = {
    "at least": ("min", "minimum", "minimo", "low", "lower", "least", "at least", "mindestens", "au moins"),
    "at most": ("max", "maximum", "maximo", "high", "upper", "most", "at most", "hochstens", "au plus"),
}

EMPTY_WORDS = frozenset(
    {
        "gesamt",
        "insgesamt",
        "of",
        "the",
        "no",
        "n",
        "number",
        "nr",
        "total",
        "totals",
        "count",
        "all",
        "people",
        "persons",
    }
    | {"personas", "personnes", "personen", "pessoas", "de", "des", "du", "los", "las", "les", "la", "le"}
    | {"der", "die", "das", "e", "y", "et", "und", "numero", "nombre", "anzahl", "zahl", "chislo"}
    | {"kolichestvo", "vsego", "in"}
)
"""Words in the name of a column of figures that say nothing of whose they are."""

THING_WORDS = frozenset(
    {"vehicle", "vehicles", "vehiculos", "vehicules", "fahrzeuge", "veiculos", "veicoli", "tekhnika"}
    | {"aircraft", "drones", "tanks", "weapons", "armas", "armes", "waffen", "oruzhie", "materiel", "equipment"}
)

TYPE_WORDS: Mapping[EventType, tuple[str, ...]] = {
    EventType.EXPLOSION: (
        *("airstrike", "air strike", "strike", "drone", "shelling", "bomb", "ied", "explo", "artillery", "missile"),
        *("mine", "bombardeo", "frappe", "bombard", "luftangriff", "beschuss", "vzryv", "obstrel", "esplosione"),
    ),
    EventType.VIOLENCE_AGAINST_CIVILIANS: (
        *("massacre", "civilian", "execution", "masacre", "civiles", "civils", "massaker", "massacro", "zivil"),
    ),
    EventType.TERRORISM: ("terror",),
    EventType.BATTLE: (
        *("battle", "clash", "ambush", "raid", "attack", "fight", "combat", "engagement", "combate", "enfrentamiento"),
        *("emboscada", "ataque", "attaque", "embuscade", "affrontement", "gefecht", "kampf", "angriff", "hinterhalt"),
        *("boi", "ataka", "zasada", "battaglia", "attacco", "confronto"),
    ),
}
"""Beginnings of words that tell the type of an event; the first that is found decides."""
