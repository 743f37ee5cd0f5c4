-- The views for people who write SQL (docs/model.md), as migration 0001 makes them.

CREATE VIEW events AS
SELECT event.slug, event.name, event.type, event.subtype, conflict.name AS conflict, place.name AS place,
       place.admin1, place.admin2, place.country, place.country_name, place.latitude, place.longitude,
       event.date, event.start_time, event.end_time, event.time_zone, event.summary,
       event.id AS event_id, event.import_run_id
FROM event
LEFT JOIN conflict ON conflict.id = event.conflict_id
LEFT JOIN place ON place.id = event.place_id;

CREATE VIEW casualties AS
SELECT event.slug AS event, claim.key, claim.revision, claim.kind,
       CASE claim.subject_kind WHEN 'combatant' THEN fighter.name WHEN 'side' THEN 'side ' || claim.side
            ELSE claim.subject_kind END AS subject,
       COALESCE(combatant.side, claim.side) AS side, claim."group" AS subject_group,
       claim.metric, claim.item, claim.fate, claim.lower, claim.upper, claim.best, claim.qualifier, claim.wording,
       COALESCE(claim.claimant_name, claimant.name) AS claimant, claimant.name AS claimant_actor,
       claimant.kind AS claimant_kind, claim.stated_on, claim.status,
       claim.reliability, claim.credibility, source.slug AS source, source.title AS source_title, claim.locator,
       CASE WHEN claim.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN EXISTS (
    SELECT 1 FROM claim_link AS link
    WHERE link.to_claim_id = claim.id AND link.kind IN ('supersedes', 'corrects', 'retracts')
      AND link.withdrawn_on IS NULL) THEN 'superseded'
            ELSE 'standing' END AS standing,
       claim.withdrawn_on, claim.recorded_at, claim.import_run_id, claim.id AS claim_id, event.id AS event_id
FROM claim
JOIN event ON event.id = claim.event_id
JOIN actor AS claimant ON claimant.id = claim.claimant_id
JOIN source ON source.id = claim.source_id
LEFT JOIN combatant ON combatant.id = claim.combatant_id
LEFT JOIN actor AS fighter ON fighter.id = combatant.actor_id
WHERE claim.kind = 'casualty';

CREATE VIEW strengths AS
SELECT event.slug AS event, claim.key, claim.revision, claim.kind,
       CASE claim.subject_kind WHEN 'combatant' THEN fighter.name WHEN 'side' THEN 'side ' || claim.side
            ELSE claim.subject_kind END AS subject,
       COALESCE(combatant.side, claim.side) AS side, claim."group" AS subject_group,
       claim.metric, claim.item, claim.fate, claim.lower, claim.upper, claim.best, claim.qualifier, claim.wording,
       COALESCE(claim.claimant_name, claimant.name) AS claimant, claimant.name AS claimant_actor,
       claimant.kind AS claimant_kind, claim.stated_on, claim.status,
       claim.reliability, claim.credibility, source.slug AS source, source.title AS source_title, claim.locator,
       CASE WHEN claim.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN EXISTS (
    SELECT 1 FROM claim_link AS link
    WHERE link.to_claim_id = claim.id AND link.kind IN ('supersedes', 'corrects', 'retracts')
      AND link.withdrawn_on IS NULL) THEN 'superseded'
            ELSE 'standing' END AS standing,
       claim.withdrawn_on, claim.recorded_at, claim.import_run_id, claim.id AS claim_id, event.id AS event_id
FROM claim
JOIN event ON event.id = claim.event_id
JOIN actor AS claimant ON claimant.id = claim.claimant_id
JOIN source ON source.id = claim.source_id
LEFT JOIN combatant ON combatant.id = claim.combatant_id
LEFT JOIN actor AS fighter ON fighter.id = combatant.actor_id
WHERE claim.kind = 'strength';

CREATE VIEW commanders AS
SELECT event.slug AS event, claim.key, claim.revision, person.name AS commander, claim.rank, claim.fate,
       fighter.name AS combatant, combatant.side, COALESCE(claim.claimant_name, claimant.name) AS claimant, claim.stated_on, claim.wording,
       source.slug AS source, claim.locator,
       CASE WHEN claim.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN EXISTS (
    SELECT 1 FROM claim_link AS link
    WHERE link.to_claim_id = claim.id AND link.kind IN ('supersedes', 'corrects', 'retracts')
      AND link.withdrawn_on IS NULL) THEN 'superseded'
            ELSE 'standing' END AS standing,
       claim.import_run_id, claim.id AS claim_id, event.id AS event_id
FROM claim
JOIN event ON event.id = claim.event_id
JOIN person ON person.id = claim.person_id
JOIN combatant ON combatant.id = claim.combatant_id
JOIN actor AS fighter ON fighter.id = combatant.actor_id
JOIN actor AS claimant ON claimant.id = claim.claimant_id
JOIN source ON source.id = claim.source_id
WHERE claim.kind = 'commander';

CREATE VIEW attributes AS
SELECT event.slug AS event, claim.key, claim.revision, claim.attribute, claim.value,
       COALESCE(claim.claimant_name, claimant.name) AS claimant, claim.stated_on, claim.wording, source.slug AS source, claim.locator,
       CASE WHEN claim.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN EXISTS (
    SELECT 1 FROM claim_link AS link
    WHERE link.to_claim_id = claim.id AND link.kind IN ('supersedes', 'corrects', 'retracts')
      AND link.withdrawn_on IS NULL) THEN 'superseded'
            ELSE 'standing' END AS standing,
       claim.import_run_id, claim.id AS claim_id, event.id AS event_id
FROM claim
JOIN event ON event.id = claim.event_id
JOIN actor AS claimant ON claimant.id = claim.claimant_id
JOIN source ON source.id = claim.source_id
WHERE claim.kind = 'attribute';

CREATE VIEW links AS
SELECT event.slug AS event, origin.key AS from_key, origin.revision AS from_revision, link.kind,
       target.key AS to_key, target.revision AS to_revision, link.note, link.withdrawn_on, link.import_run_id,
       link.from_claim_id, link.to_claim_id
FROM claim_link AS link
JOIN event ON event.id = link.event_id
JOIN claim AS origin ON origin.id = link.from_claim_id
JOIN claim AS target ON target.id = link.to_claim_id;
