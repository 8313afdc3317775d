{% autoescape false %}
PRAGMA page_size={{ page }}; PRAGMA encoding='UTF-8'; BEGIN;
-- What each column holds, as data/datapackage.json has it.
CREATE TABLE dictionary (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, title TEXT NOT NULL, type TEXT NOT NULL,
  unit TEXT, description TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name));
-- What each code means, in the order in which charts and tables show the codes.
CREATE TABLE codes (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, code TEXT NOT NULL, place INTEGER NOT NULL,
  label TEXT NOT NULL, means TEXT NOT NULL,
  rule TEXT, example TEXT,
  PRIMARY KEY (table_name, column_name, code),
  FOREIGN KEY (table_name, column_name) REFERENCES dictionary (table_name, column_name));
{% for table in resources %}
{% set schema, name, columns = table.schema, table.name|q, table.schema.fields|map(attribute="name")|list %}
{% set foreign = schema.get("foreignKeys", []) %}
CREATE TABLE {{ name }} (  -- {{ table.description|line }}
{% for column in schema.fields %}
{% set limits = column.get("constraints", {}) %}
  {{ column.name|q }} {{ types[column.type] }}{{ " NOT NULL" if limits.get("required") }}{{ " UNIQUE" if limits.get("unique") and keys(table) != [column.name] }}
{%- if "enum" in limits %} CHECK ({{ column.name|q }} IN ({{ limits.enum|map("text")|join(", ") }})){% endif %},
{%- if column.description %}  -- {{ column.description|line }}{% endif %}

{% endfor %}
  PRIMARY KEY ({{ keys(table)|map("q")|join(", ") }}){{ "," if foreign }}
{% for key in foreign %}
  FOREIGN KEY ({{ key.fields|q }}) REFERENCES {{ (key.reference.resource or table.name)|q }} ({{ key.reference.fields|q }}){{ "," if not loop.last }}
{% endfor %}
);
{% for column in foreign|map(attribute="fields")|unique(case_sensitive=true) %}
CREATE INDEX {{ (table.name ~ "_by_" ~ column)|q }} ON {{ name }} ({{ column|q }});
{% endfor %}
{% for unique in schema.get("uniqueKeys", []) %}{# of the rows that no other corrects #}
{% set kept = unique|reject("eq", "superseded_by")|list %}
CREATE UNIQUE INDEX {{ (table.name ~ "_once_a_" ~ kept[0])|q }} ON {{ name }} ({{ kept|map("q")|join(", ") }}){{ " WHERE superseded_by IS NULL" if kept != unique }};
{% endfor %}
{% if "superseded_by" in columns %}
CREATE VIEW {{ (table.name ~ "_current")|q }} AS  -- without the rows that another row corrects
SELECT * FROM {{ name }} WHERE superseded_by IS NULL;
{% endif %}
{% endfor %}
CREATE VIEW evidence AS SELECT proof.id, proof.table_name, proof.evidence, source_id, outlet, headline, published, url FROM (
{%- for table in proven %}{{ " UNION ALL " if not loop.first -}}
SELECT {{ table.schema.primaryKey|q }} AS id, '{{ table.name }}' AS table_name, source_id, evidence FROM {{ (table.name ~ ("_current" if "superseded_by" in table.schema.fields|map(attribute="name")|list else ""))|q }} WHERE evidence IS NOT NULL
{%- endfor %}) AS proof JOIN sources USING (source_id);
{# FTS4 and not 5: the engine that the page of questions loads has no other #}
CREATE VIRTUAL TABLE evidence_search USING fts4(id, evidence, notindexed=id, tokenize=unicode61);
{% if "record" in resources|map(attribute="name")|list %}
CREATE VIEW context AS  -- the record beyond the articles: proved by address, figure as printed and place
SELECT record_current.*, sources.kind, outlet, headline, published, url FROM record_current JOIN sources USING (source_id);
{% endif %}
{% endautoescape %}
