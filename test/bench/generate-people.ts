import { openCatalog } from '#catalog/open';

/** Faces in a large library, and whose they are: a few people are on most photos, most people on a few. */
const FACES = 120_000;
const PEOPLE = 3_000;

/** Puts people and their faces on a generated catalog's photos, once; every fourth person has a name. */
export function addPeople(catalogFile: string, ownerId: string): void {
  const db = openCatalog(catalogFile, { durability: 'remakeable', cacheBytes: 256 * 1024 ** 2 });
  if (db.prepare('SELECT 1 FROM person LIMIT 1').get() === undefined) {
    process.stdout.write(`adding ${FACES} faces, once …\n`);
    const person = db.prepare(
      'INSERT INTO person (id, owner_id, name, created_at, updated_at) VALUES (?, ?, ?, 0, 0)',
    );
    const face = db.prepare(
      `INSERT INTO face (id, asset_id, person_id, image_width_px, image_height_px, x1, y1, x2, y2, source, created_at)
       VALUES (?, ?, ?, 1440, 1080, 400, 300, 600, 550, 'machine-learning', 0)`,
    );
    const id = (kind: number, number: number) =>
      `0000000${kind}-0000-4000-a000-${number.toString(16).padStart(12, '0')}`;
    const assets = db
      .prepare<[string, number], string>(
        `SELECT id FROM asset WHERE owner_id = ? AND type = 'IMAGE' ORDER BY rowid LIMIT ?`,
      )
      .pluck()
      .all(ownerId, FACES);
    db.transaction(() => {
      for (let number = 0; number < PEOPLE; number++)
        person.run(id(1, number), ownerId, number % 4 === 0 ? `Person ${number}` : '');
      // The square of an even number leans to the small ones.
      for (const [number, assetId] of assets.entries())
        face.run(id(2, number), assetId, id(1, Math.floor(((number * 7919) % PEOPLE) ** 2 / PEOPLE)));
    })();
  }
  db.close();
}
