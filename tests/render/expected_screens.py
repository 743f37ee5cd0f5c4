# ruff: noqa: E501 - a screen of 140 columns
"""The screens and the page that the events of the tests are shown as, whole."""

from __future__ import annotations

SCREENS = {
    60: """\
Raid on Dioura (2019)                            dioura-2019
Battle, raid · Mali War · Dioura, Mopti Region, Mali
17 March 2019, from about 06:00 local

SIDE 1, defender
Malian Army  (Malian Armed Forces, Mali)
unit      a company
strength  ~100 [1]
led by    Mohamed Sidati Ould Cheikh  killed [1]

SIDE 2, attacker
Katibat Macina  (part of JNIM)
strength  several dozen [1]
led by    Amadou Koufa  says JNIM [1]
          Ba Ag Moussa  says Malian Army [1]

Result    JNIM victory [1]
          control of the camp regained, says Government of
          Mali, 17 Mar 2019 [1]

LOSSES OF SIDE 1  Malian Army
  killed: 21 to 30 or more (range)
  killed    26          Government of Mali  21 Mar 2019  [1]
                        own side, supersedes 23 of 18 Mar
            26          MINUSMA             31 May 2019  [1]
                        third party,
                        corroborates Government of Mali
            21          a military source   undated      [1]
                        own side
            21          a local official    undated      [1]
                        third party
            over 20     Front for the Saf…  undated      [1]
                        third party
            30          JNIM                undated      [1]
                        adversary
          - 23          Government of Mali  18 Mar 2019  [1]
                        own side, provisional, superseded
  wounded   17          Government of Mali  18 Mar 2019  [1]
                        own side, provisional
  missing   20          Front for the Saf…  undated      [1]
                        third party
  captured  none        Government of Mali  18 Mar 2019  [1]
                        own side, provisional
  vehicles  8 burned    Front for the Saf…  undated      [1]
                        third party
            8 captured  Front for the Saf…  undated      [1]
                        third party
  range: wounded 17 · missing 20 · captured 0 ·
         vehicles destroyed 8 · vehicles captured 8

LOSSES OF SIDE 2  Katibat Macina           killed: 3 (range)
  killed    3           JNIM                undated      [1]
                        own side
            no opponent's claim

killed, both sides together: 24 to 33 or more (range,
composite: a sum of sides)
Estimates by policy range 1, basis claims: least to greatest
stated value.

TIMELINE
  17 Mar 2019  about 06:00  a suicide bomber rams a
                            motorcycle laden with explosives
                            into the camp [1]
               about 16:00  the government says that it has
                            regained control of the camp [1]
  21 Mar 2019               new bodies are found [1]

SOURCES
  [1]  Raid on Dioura (2019), Wikipedia, 2 Nov 2023,
       https://en.wikipedia.org/wiki/Raid_on_Dioura_(2019)
""",
    80: """\
Raid on Dioura (2019)                                                dioura-2019
Battle, raid · Mali War · Dioura, Mopti Region, Mali
17 March 2019, from about 06:00 local

SIDE 1, defender
Malian Army  (Malian Armed Forces, Mali)
unit      a company
strength  ~100 [1]
led by    Mohamed Sidati Ould Cheikh  killed [1]

SIDE 2, attacker
Katibat Macina  (part of JNIM)
strength  several dozen [1]
led by    Amadou Koufa  says JNIM [1]
          Ba Ag Moussa  says Malian Army [1]

Result    JNIM victory [1]
          control of the camp regained  says Government of Mali, 17 Mar 2019 [1]

LOSSES OF SIDE 1  Malian Army                   killed: 21 to 30 or more (range)
  killed    26          Government of Mali         own side     21 Mar 2019  [1]
                        supersedes 23 of 18 Mar
            26          MINUSMA                    third party  31 May 2019  [1]
                        corroborates Government of Mali
            21          a military source          own side     undated      [1]
            21          a local official           third party  undated      [1]
            over 20     Front for the Safeguard…   third party  undated      [1]
            30          JNIM                       adversary    undated      [1]
          - 23          Government of Mali         own side     18 Mar 2019  [1]
                        provisional, superseded
  wounded   17          Government of Mali         own side     18 Mar 2019  [1]
                        provisional
  missing   20          Front for the Safeguard…   third party  undated      [1]
  captured  none        Government of Mali         own side     18 Mar 2019  [1]
                        provisional
  vehicles  8 burned    Front for the Safeguard…   third party  undated      [1]
            8 captured  Front for the Safeguard…   third party  undated      [1]
  range: wounded 17 · missing 20 · captured 0 · vehicles destroyed 8 ·
         vehicles captured 8

LOSSES OF SIDE 2  Katibat Macina                               killed: 3 (range)
  killed    3           JNIM                       own side     undated      [1]
            no opponent's claim

killed, both sides together: 24 to 33 or more (range, composite: a sum of sides)
Estimates by policy range 1, basis claims: least to greatest stated value.

TIMELINE
  17 Mar 2019  about 06:00  a suicide bomber rams a motorcycle laden with
                            explosives into the camp [1]
               about 16:00  the government says that it has regained control of
                            the camp [1]
  21 Mar 2019               new bodies are found [1]

SOURCES
  [1]  Raid on Dioura (2019), Wikipedia, 2 Nov 2023,
       https://en.wikipedia.org/wiki/Raid_on_Dioura_(2019)
""",
    100: """\
Raid on Dioura (2019)                                                                    dioura-2019
Battle, raid · Mali War · Dioura, Mopti Region, Mali · 17 March 2019, from about 06:00 local

SIDE 1, defender                                    SIDE 2, attacker
Malian Army  (Malian Armed Forces, Mali)            Katibat Macina  (part of JNIM)
unit      a company                                 strength  several dozen [1]
strength  ~100 [1]                                  led by    Amadou Koufa  says JNIM [1]
led by    Mohamed Sidati Ould Cheikh  killed [1]              Ba Ag Moussa  says Malian Army [1]

Result    JNIM victory [1]
          control of the camp regained  says Government of Mali, 17 Mar 2019 [1]

LOSSES OF SIDE 1  Malian Army                                       killed: 21 to 30 or more (range)
  killed    26          Government of Mali    own side     21 Mar 2019  [1]  supersedes 23 of 18 Mar
            26          MINUSMA               third party  31 May 2019  [1]  corroborates Government
                                                                             of Mali
            21          a military source     own side     undated      [1]
            21          a local official      third party  undated      [1]
            over 20     Front for the Safeg…  third party  undated      [1]
            30          JNIM                  adversary    undated      [1]
          - 23          Government of Mali    own side     18 Mar 2019  [1]  provisional, superseded
  wounded   17          Government of Mali    own side     18 Mar 2019  [1]  provisional
  missing   20          Front for the Safeg…  third party  undated      [1]
  captured  none        Government of Mali    own side     18 Mar 2019  [1]  provisional
  vehicles  8 burned    Front for the Safeg…  third party  undated      [1]
            8 captured  Front for the Safeg…  third party  undated      [1]
  range: wounded 17 · missing 20 · captured 0 · vehicles destroyed 8 · vehicles captured 8

LOSSES OF SIDE 2  Katibat Macina                                                   killed: 3 (range)
  killed    3           JNIM                  own side     undated      [1]
            no opponent's claim

killed, both sides together: 24 to 33 or more (range, composite: a sum of sides)
Estimates by policy range 1, basis claims: least to greatest stated value.

TIMELINE
  17 Mar 2019  about 06:00  a suicide bomber rams a motorcycle laden with explosives into the
                            camp [1]
               about 16:00  the government says that it has regained control of the camp [1]
  21 Mar 2019               new bodies are found [1]

SOURCES
  [1]  Raid on Dioura (2019), Wikipedia, 2 Nov 2023,
       https://en.wikipedia.org/wiki/Raid_on_Dioura_(2019)
""",
    140: """\
Raid on Dioura (2019)                                                                                                            dioura-2019
Battle, raid · Mali War · Dioura, Mopti Region, Mali · 17 March 2019, from about 06:00 local

SIDE 1, defender                                                        SIDE 2, attacker
Malian Army  (Malian Armed Forces, Mali)                                Katibat Macina  (part of JNIM)
unit      a company                                                     strength  several dozen [1]
strength  ~100 [1]                                                      led by    Amadou Koufa  says JNIM [1]
led by    Mohamed Sidati Ould Cheikh  killed [1]                                  Ba Ag Moussa  says Malian Army [1]

Result    JNIM victory [1]
          control of the camp regained  says Government of Mali, 17 Mar 2019 [1]

LOSSES OF SIDE 1  Malian Army                                                 killed: 21 to 30 or more (range)
  killed    26          Government of Mali                    own side     21 Mar 2019  [1]  supersedes 23 of 18 Mar
            26          MINUSMA                               third party  31 May 2019  [1]  corroborates Government of Mali
            21          a military source                     own side     undated      [1]
            21          a local official                      third party  undated      [1]
            over 20     Front for the Safeguard of Democracy  third party  undated      [1]
            30          JNIM                                  adversary    undated      [1]
          - 23          Government of Mali                    own side     18 Mar 2019  [1]  provisional, superseded
  wounded   17          Government of Mali                    own side     18 Mar 2019  [1]  provisional
  missing   20          Front for the Safeguard of Democracy  third party  undated      [1]
  captured  none        Government of Mali                    own side     18 Mar 2019  [1]  provisional
  vehicles  8 burned    Front for the Safeguard of Democracy  third party  undated      [1]
            8 captured  Front for the Safeguard of Democracy  third party  undated      [1]
  range: wounded 17 · missing 20 · captured 0 · vehicles destroyed 8 · vehicles captured 8

LOSSES OF SIDE 2  Katibat Macina                                                             killed: 3 (range)
  killed    3           JNIM                                  own side     undated      [1]
            no opponent's claim

killed, both sides together: 24 to 33 or more (range, composite: a sum of sides)
Estimates by policy range 1, basis claims: least to greatest stated value.

TIMELINE
  17 Mar 2019  about 06:00  a suicide bomber rams a motorcycle laden with explosives into the camp [1]
               about 16:00  the government says that it has regained control of the camp [1]
  21 Mar 2019               new bodies are found [1]

SOURCES
  [1]  Raid on Dioura (2019), Wikipedia, 2 Nov 2023, https://en.wikipedia.org/wiki/Raid_on_Dioura_(2019)
""",
}

OTHERS = {
    "recorded": """\
Raid on Dioura (2019)                                                dioura-2019
Battle, raid · Mali War · Dioura, Mopti Region, Mali
17 March 2019, from about 06:00 local

SIDE 1
Government of Mali

SIDE 2
JNIM

SIDE 3
Chad

LOSSES OF SIDE 1  Government of Mali            no claims; see --basis estimates
  killed  1             UCDP    estimate  undated  [1]

LOSSES OF SIDE 2  JNIM                          no claims; see --basis estimates
  killed  5 (4–9)       UCDP    estimate  undated  [1]

LOSSES OF SIDE 3  Chad
  no losses stated by anyone

LOSSES OF CIVILIANS                             no claims; see --basis estimates
  killed  0 or unknown  UCDP    estimate  undated  [1]

LOSSES, SIDE UNKNOWN                            no claims; see --basis estimates
  killed  1             UCDP    estimate  undated  [1]

LOSSES, EVENT TOTAL                             no claims; see --basis estimates
  killed  6 (5–10)      UCDP    estimate  undated  [1]

SOURCES
  [1]  UCDP GED 25.1, Uppsala
""",
    "disputed": """\
Raid on Dioura (2019)                                                dioura-2019
Battle, raid · Mali War · Dioura, Mopti Region, Mali
17 March 2019, from about 06:00 local
ucdp-ged:300380  acled:MLI2812

SIDE 1, defender
Malian Army
MINUSMA  (part of United Nations)
unit      two platoons
strength  80 (Malian Army)  says JNIM, 20 Mar 2019 [1]
        - 60 (Malian Army)  says JNIM [1]

SIDE 2, attacker
Katibat Macina

Responsibility  Katibat Macina  says JNIM [1]
Date            16 Mar 2019  says JNIM [1]
                17 Mar 2019  says Government of Mali [1]

LOSSES OF SIDE 1  Malian Army                                 killed: 26 (range)
  killed           26  Government of Mali  own side   undated      [1]  final
                 - 40  JNIM                adversary  20 Mar 2019  [1]
                       retracted
                 - 5   Government of Mali  own side   undated      [1]
                       withdrawn
  officers killed  3   Government of Mali  own side   undated      [1]
                       part of 26
  deserted         20  Government of Mali  own side   undated      [1]
  range: officers killed 3

LOSSES OF SIDE 1  MINUSMA
  killed           2   MINUSMA             own side   undated      [1]
                   no opponent's claim

LOSSES OF SIDE 2  Katibat Macina
  no losses stated by anyone

killed, side 1: 28 (range, composite: sum of Malian Army and MINUSMA)
Estimates by policy range 1, basis claims: least to greatest stated value.

SUMMARY
  A raid. A raid. A raid. A raid. A raid. A raid. A raid. A raid. A raid. A
  raid. A raid. A raid.

TIMELINE
  16 Mar 2019               reinforcements leave Ségou [1]
  17 Mar 2019  about 06:00  a suicide bomber rams a motorcycle laden with
                            explosives into the camp [1]
               about 16:00  the government says that it has regained control of
                            the camp [1]
  21 Mar 2019               new bodies are found [1]

NOTES  1, shown at 100 columns or more

SOURCES
  [1]  Raid on Dioura (2019), Wikipedia, 2 Nov 2023,
       https://en.wikipedia.org/wiki/Raid_on_Dioura_(2019)
""",
    "nothing": """\
Raid on Dioura (2019)                                                dioura-2019
Battle, raid · Mali War · Dioura, Mopti Region, Mali
17 March 2019, from about 06:00 local

LOSSES
  no losses stated by anyone
""",
}

PAGE = """\
# Raid on Dioura (2019)

dioura-2019 · Battle, raid · Mali War · Dioura, Mopti Region, Mali · 17 March 2019, from about 06:00 local

## Side 1, defender

- Malian Army (Malian Armed Forces, Mali), a company
- strength: \\~100 \\[1\\]
- led by: Mohamed Sidati Ould Cheikh, killed \\[1\\]

## Side 2, attacker

- Katibat Macina (part of JNIM)
- strength: several dozen \\[1\\]
- led by: Amadou Koufa, says JNIM \\[1\\]
- led by: Ba Ag Moussa, says Malian Army \\[1\\]

## Accounts

- Result: JNIM victory \\[1\\]
- Result: control of the camp regained, says Government of Mali, 17 Mar 2019 \\[1\\]

## Losses of side 1: Malian Army

killed: 21 to 30 or more (range); wounded: 17 (range); missing: 20 (range); captured: 0 (range); vehicles destroyed: 8 (range); vehicles captured: 8 (range)

| counted | figure | claimant | stake | stated | source | remarks |
| --- | --- | --- | --- | --- | --- | --- |
| killed | 26 | Government of Mali | own side | 21 Mar 2019 | \\[1\\] | supersedes 23 of 18 Mar |
|  | 26 | MINUSMA | third party | 31 May 2019 | \\[1\\] | corroborates Government of Mali |
|  | 21 | a military source | own side | undated | \\[1\\] |  |
|  | 21 | a local official | third party | undated | \\[1\\] |  |
|  | over 20 | Front for the Safeguard of Democracy | third party | undated | \\[1\\] |  |
|  | 30 | JNIM | adversary | undated | \\[1\\] |  |
|  | 23 | Government of Mali | own side | 18 Mar 2019 | \\[1\\] | provisional, superseded |
| wounded | 17 | Government of Mali | own side | 18 Mar 2019 | \\[1\\] | provisional |
| missing | 20 | Front for the Safeguard of Democracy | third party | undated | \\[1\\] |  |
| captured | none | Government of Mali | own side | 18 Mar 2019 | \\[1\\] | provisional |
| vehicles | 8 burned | Front for the Safeguard of Democracy | third party | undated | \\[1\\] |  |
| vehicles | 8 captured | Front for the Safeguard of Democracy | third party | undated | \\[1\\] |  |

## Losses of side 2: Katibat Macina

killed: 3 (range); no opponent's claim of the killed

| counted | figure | claimant | stake | stated | source | remarks |
| --- | --- | --- | --- | --- | --- | --- |
| killed | 3 | JNIM | own side | undated | \\[1\\] |  |

killed, both sides together: 24 to 33 or more (range, composite: a sum of sides)

Estimates by policy range 1, basis claims: least to greatest stated value.

## Timeline

- 17 Mar 2019 about 06:00 a suicide bomber rams a motorcycle laden with explosives into the camp \\[1\\]
- 17 Mar 2019 about 16:00 the government says that it has regained control of the camp \\[1\\]
- 21 Mar 2019 new bodies are found \\[1\\]

## Sources

1. Raid on Dioura (2019), Wikipedia, 2 Nov 2023, <https://en.wikipedia.org/wiki/Raid_on_Dioura_(2019)>
"""
