"""Versions that there never were, to see a store go from one to the next: four columns' worth of work in two steps."""

from leadqual.service.stores import sqlite_schema

MORE = (
    (
        'ALTER TABLE "leadqual_notes" ADD COLUMN "more" TEXT',
        'UPDATE "leadqual_notes" SET "more" = upper("value")',
        'CREATE TABLE "leadqual_extra" ("tenant" TEXT NOT NULL, "name" TEXT NOT NULL)',
        'INSERT INTO "leadqual_extra" SELECT "tenant", "name" FROM "leadqual_notes"',
    ),
    (
        'CREATE INDEX "leadqual_extra_name" ON "leadqual_extra" ("name")',
        'UPDATE "leadqual_notes" SET "more" = "more" || "name"',
        'DELETE FROM "leadqual_extra" WHERE "name" < \'1\'',
    ),
)
BAD = ('ALTER TABLE "leadqual_notes" ADD COLUMN "bad" TEXT', 'UPDATE "leadqual_notes" SET "nowhere" = 1')
ON_SQLITE = (*sqlite_schema.STEPS, *MORE)
