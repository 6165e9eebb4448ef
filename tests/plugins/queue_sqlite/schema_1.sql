-- A file of schema version 1, as the release that made it wrote it. Never change it: it stands for the files out there.
PRAGMA application_id = 1298756193;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE account (
    login TEXT NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL,
    pin_hash TEXT NOT NULL,
    webhook_secret TEXT
) WITHOUT ROWID;
INSERT INTO "account" VALUES('acme','{"login": "acme", "region": "NL", "time_zone": "Europe/Amsterdam", "callee_detection": "beep", "strict_numbers": true, "start_url_method": "get", "acknowledgement": "status", "retry_interrupted": true, "channels": 12}','hash-of-the-pin','whsec_of-acme');
CREATE TABLE attempt (
    call_id INTEGER NOT NULL REFERENCES call (id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    started_at REAL NOT NULL,
    answered_at REAL,
    ended_at REAL,
    callee_type TEXT NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (call_id, number)
) WITHOUT ROWID;
INSERT INTO "attempt" VALUES(1,1,'ended',1780315200.0,NULL,1780315209.0,'busy','user busy');
INSERT INTO "attempt" VALUES(2,1,'dialling',1780315200.0,NULL,NULL,'unknown','');
CREATE TABLE call (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    campaign TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL,
    queued_at REAL NOT NULL,
    due_at REAL NOT NULL,
    rank INTEGER NOT NULL,
    expires_at REAL,
    attempts INTEGER NOT NULL DEFAULT 0,
    waiting_for TEXT NOT NULL DEFAULT '',
    result TEXT,
    lane INTEGER,
    token INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    lease_until REAL,
    CHECK ((state = 'queued') = (lane IS NOT NULL)),
    CHECK ((state IN ('claimed', 'dialling', 'answered')) = (lease_until IS NOT NULL)),
    CHECK ((state = 'finished') = (result IS NOT NULL))
);
INSERT INTO "call" VALUES(1,'acme','default','{"account": "acme", "phone_number": "2125550100", "destination": "+12125550100", "start_url": "http://app.example/start", "expires_at": 1780315260.0, "variables": {"Name": "Zo\u00eb"}}','finished',1780315200.0,1780315200.0,0,1780315260.0,1,'','{"outcome": "Failed", "callee_type": "busy", "attempts": 1, "last_attempt_at": 1780315200.0, "duration": 0, "reason": "user busy"}',NULL,1,NULL,NULL);
INSERT INTO "call" VALUES(2,'acme','spring','{"account": "acme", "phone_number": "2125550100", "destination": "+12125550100", "start_url": "http://app.example/start", "campaign": "spring"}','dialling',1780315200.0,1780315200.0,0,NULL,1,'',NULL,NULL,1,'node-1',1780315260.0);
INSERT INTO "call" VALUES(3,'acme','default','{"account": "acme", "phone_number": "2125550100", "destination": "+12125550100", "start_url": "http://app.example/start"}','queued',1780315200.0,1780315200.0,2,NULL,0,'',NULL,3,0,NULL,NULL);
CREATE TABLE command (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call_id INTEGER NOT NULL REFERENCES call (id),
    command TEXT NOT NULL
);
INSERT INTO "command" VALUES(1,2,'hang_up');
CREATE TABLE delivery (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    call_id INTEGER NOT NULL REFERENCES call (id),
    account TEXT NOT NULL,
    url TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at REAL NOT NULL,
    due_at REAL NOT NULL,
    tries INTEGER NOT NULL,
    state TEXT NOT NULL,
    last_error TEXT NOT NULL,
    settled_at REAL,
    offered_from REAL,
    CHECK ((state = 'pending') = (offered_from IS NOT NULL))
);
INSERT INTO "delivery" VALUES(1,'delivery-1',1,'acme','http://app.example/result','text/plain',X'726573756C743D4661696C656400FF',1780315200.0,1780315200.0,1,'dead','HTTP 404',1780315210.0,NULL);
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call_id INTEGER NOT NULL,
    attempt INTEGER,
    kind TEXT NOT NULL,
    at REAL NOT NULL,
    data TEXT NOT NULL
);
INSERT INTO "event" VALUES(1,1,1,'log',1780315200.0,'{"text": "hello"}');
CREATE TABLE idempotency (
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    call_id INTEGER NOT NULL REFERENCES call (id),
    memo TEXT NOT NULL,
    expires_at REAL NOT NULL,
    PRIMARY KEY (account, key)
) WITHOUT ROWID;
INSERT INTO "idempotency" VALUES('acme','order-7',3,'memo',1780315260.0);
CREATE TABLE lane (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    campaign TEXT NOT NULL,
    rank INTEGER NOT NULL,
    waiting INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, campaign, rank)
);
INSERT INTO "lane" VALUES(1,'acme','default',0,0);
INSERT INTO "lane" VALUES(2,'acme','spring',0,0);
INSERT INTO "lane" VALUES(3,'acme','default',2,1);
CREATE TABLE tally (
    account TEXT NOT NULL,
    campaign TEXT NOT NULL,
    state TEXT NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (account, campaign, state)
) WITHOUT ROWID;
INSERT INTO "tally" VALUES('acme','default','claimed',0);
INSERT INTO "tally" VALUES('acme','default','dialling',0);
INSERT INTO "tally" VALUES('acme','default','finished',1);
INSERT INTO "tally" VALUES('acme','default','queued',1);
INSERT INTO "tally" VALUES('acme','spring','claimed',0);
INSERT INTO "tally" VALUES('acme','spring','dialling',1);
INSERT INTO "tally" VALUES('acme','spring','queued',0);
CREATE TABLE turn (
    account TEXT NOT NULL PRIMARY KEY,
    round INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "turn" VALUES('acme',2);
CREATE INDEX call_waiting ON call (lane, due_at, id, expires_at) WHERE lane IS NOT NULL;
CREATE INDEX call_expiring ON call (expires_at, id) WHERE lane IS NOT NULL AND expires_at IS NOT NULL;
CREATE INDEX call_leased ON call (lease_until, id) WHERE lease_until IS NOT NULL;
CREATE INDEX lane_in_use ON lane (id) WHERE waiting > 0;
CREATE INDEX tally_by_state ON tally (state, account, campaign, calls) WHERE calls > 0;
CREATE INDEX turn_round ON turn (round);
CREATE INDEX idempotency_expiring ON idempotency (expires_at);
CREATE INDEX idempotency_call ON idempotency (call_id);
CREATE INDEX command_call ON command (call_id);
CREATE INDEX delivery_on_offer ON delivery (offered_from, seq) WHERE offered_from IS NOT NULL;
CREATE INDEX delivery_call ON delivery (call_id, seq);
CREATE INDEX delivery_state ON delivery (state, seq);
CREATE INDEX event_call ON event (call_id, id);
CREATE INDEX event_at ON event (at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('call',3);
INSERT INTO "sqlite_sequence" VALUES('delivery',1);
INSERT INTO "sqlite_sequence" VALUES('command',1);
INSERT INTO "sqlite_sequence" VALUES('event',1);
COMMIT;
