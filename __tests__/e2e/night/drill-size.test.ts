import { System } from '../support/system';

jest.setTimeout(600_000);

/** Creates files of 1 MiB in Synapse's media store, each with its row; the argument is their number. */
const SEED_MEDIA = `
import hashlib, os, random, string, sys, time
import psycopg2, yaml
with open("/config/homeserver.yaml") as file:
    arguments = yaml.safe_load(file)["database"]["args"]
connection = psycopg2.connect(**{key: value for key, value in arguments.items() if not key.startswith("cp_") and key != "application_name"})
cursor = connection.cursor()
for _ in range(int(sys.argv[1])):
    media, content = "".join(random.choices(string.ascii_letters, k=24)), os.urandom(2 ** 20)
    folder = f"/data/media_store/local_content/{media[:2]}/{media[2:4]}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/{media[4:]}", "wb") as file:
        file.write(content)
    cursor.execute(
        "INSERT INTO local_media_repository (media_id, media_type, media_length, created_ts, user_id, sha256) VALUES (%s, 'image/png', %s, %s, '@seed', %s)",
        (media, len(content), int(time.time() * 1000), hashlib.sha256(content).hexdigest()))
connection.commit()
`;

/** Creates a table of about a gigabyte that compresses like text, with an index. */
const SEED_ROWS = `CREATE TABLE seed AS
  SELECT i, (SELECT string_agg(md5(i::text || j::text || random()::text), '') FROM generate_series(1, 58) j) AS body
  FROM generate_series(1, 480000) i;
  CREATE INDEX ON seed (i);`;

describe('a drill of a gigabyte of database and a gigabyte of media', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.install('drill-size');
    await system.exec('deployment/matrix-synapse', 'python3', '-c', SEED_MEDIA, '1000');
    await system.sql(SEED_ROWS);
    expect(Number(await system.sql("SELECT pg_database_size('synapse')"))).toBeGreaterThan(0.95e9);
  });
  afterAll(async () => system?.remove());

  it('takes at most a minute of work', async () => {
    const backup = await system.run('matrix-backup', 'backup', 400);
    expect({ ...backup }).toEqual({ succeeded: true, log: expect.stringContaining('1000 media files') });
    const drill = await system.run('matrix-restore-drill', 'drill', 400);
    const [line = '', seconds] = /restored in (\d+) s \(RTO.*/.exec(drill.log) ?? [];
    process.stdout.write(`drill: ${line}\n`);
    expect({ ...drill, log: line }).toEqual({ succeeded: true, log: expect.any(String) });
    expect(Number(seconds)).toBeLessThanOrEqual(60);
  });
});
