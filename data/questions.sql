-- Ready-made questions for book.sqlite: the page of questions and Datasette offer them, and
--   sqlite3 book.sqlite < questions.sql
-- answers them all. A question is a line that begins with "-- " and ends with "?", its SQL follows.
-- Dates are as exact as they are known; tables whose names end in _current leave out rows that have been replaced or withdrawn.

-- Which January statements are about US forces?
SELECT s.id, s.date, p.name AS speaker, s.evidence AS exact_words, a.outlet
FROM statements_current AS s
JOIN sources AS a USING (source_id)
LEFT JOIN people AS p ON p.person_id = s.person_id
WHERE s.concerns = 'us_forces' AND s.date LIKE '2024-01%'
ORDER BY s.date, s.id;

-- Who is reported to say that the mission ends or that forces leave?
SELECT s.id, s.date, p.name AS speaker, c.label AS position, s.evidence AS exact_words, a.outlet
FROM statements_current AS s
JOIN sources AS a USING (source_id)
JOIN people AS p ON p.person_id = s.person_id
JOIN codes AS c ON (c.table_name, c.column_name, c.code) = ('statements', 'position', s.position)
WHERE s.position IN ('mission_ends', 'forces_leave')
ORDER BY s.date, s.id;

-- Who is reported most often, and how often word for word?
SELECT p.person_id, p.name, count(*) AS statements, sum(s.form = 'quote') AS quoted
FROM statements_current AS s
JOIN people AS p USING (person_id)
GROUP BY p.person_id
ORDER BY statements DESC, p.name;

-- How many US troops does each report give, and where?
SELECT t.id, a.outlet, a.published, t.place, t.qualifier, t.count, t.evidence AS exact_words
FROM troops_current AS t
JOIN sources AS a USING (source_id)
WHERE t.force = 'us_forces'
ORDER BY a.published, a.source_id, t.place;

-- In which attacks and strikes was somebody killed or injured?
SELECT k.id, e.title AS event, k.measure, k.qualifier, k.value, k.evidence AS exact_words, a.outlet
FROM attacks_current AS k
JOIN events AS e USING (event_id)
JOIN sources AS a ON a.source_id = k.source_id
WHERE k.measure IN ('killed', 'injured', 'critically_injured')
ORDER BY e.start, e.title, k.id;

-- Which exact words speak of withdrawing?
SELECT e.id, e.evidence AS exact_words, e.outlet, e.published
FROM evidence_search AS s
JOIN evidence AS e USING (id)
WHERE s.evidence MATCH 'withdraw*'
ORDER BY e.published, e.id;

-- Which events does only one report mention?
SELECT min(m.id) AS id, e.title AS event, e.start, min(a.outlet) AS outlet
FROM events AS e
JOIN mentions AS m USING (event_id)
JOIN sources AS a USING (source_id)
GROUP BY e.event_id
HAVING count(DISTINCT m.source_id) = 1
ORDER BY e.start, e.title;

-- On which questions do the reports contradict each other?
SELECT d.id, t.question, a.outlet, d.says, d.evidence AS exact_words
FROM topics AS t
JOIN disagreements_current AS d USING (topic_id)
JOIN sources AS a ON a.source_id = d.source_id
WHERE t.kind = 'contradiction' AND d.stance = 'says'
ORDER BY t.question, a.published, d.id;

-- What does each outlet, in its own words, call the end of the mission or the departure of forces?
SELECT w.id, a.outlet, w.term, w.evidence AS exact_words
FROM wording_current AS w
JOIN sources AS a USING (source_id)
WHERE w.referent = 'mission_end' AND w.voice = 'outlet'
ORDER BY a.published, w.id;

-- Which events does a report describe as a response to another?
SELECT l.id, f.title AS earlier, t.title AS later, c.label AS relation, l.evidence AS exact_words, a.outlet
FROM links_current AS l
JOIN events AS f ON f.event_id = l.from_event
JOIN events AS t ON t.event_id = l.to_event
JOIN codes AS c ON (c.table_name, c.column_name, c.code) = ('links', 'relation', l.relation)
JOIN sources AS a ON a.source_id = l.source_id
WHERE l.relation IN ('answers', 'claimed')
ORDER BY a.published, l.id;

-- Where does another source conflict with a report?
SELECT c.id, a.outlet, c.evidence AS exact_words, c.fact, r.what AS other_source, c.says
FROM comparisons_current AS c
JOIN sources AS a ON a.source_id = c.source_id
JOIN record AS r ON r.id = c.fact
WHERE c.verdict = 'conflicting'
ORDER BY c.id;

-- How many US troops in Iraq do other sources give, over the years?
SELECT id, date, qualifier, value, what, outlet
FROM context
WHERE part = 'troops' AND place = 'iraq' AND measure = 'troop level'
ORDER BY date, id;

-- Which rows were corrected last, and why?
SELECT row, date, reason
FROM corrections
ORDER BY id DESC
LIMIT 20;
