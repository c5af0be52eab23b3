-- personal.key: 2f69ecb2e0d12e2994a7d17b54cd3c4f901efe99d536fb493e074b9504bbd1e3
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "meta" (
   "name" TEXT PRIMARY KEY,
   "value" TEXT
) STRICT;
INSERT INTO meta VALUES('hall','test');
INSERT INTO meta VALUES('epoch','1');
CREATE TABLE events (hall TEXT NOT NULL, seq INTEGER NOT NULL, day TEXT NOT NULL, epoch INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (hall, seq)) STRICT, WITHOUT ROWID;
INSERT INTO events VALUES('test',1,'',1,1795367690226,'manager:configuration','hall_defined','{"type":"hall_defined","settings":{"name":{"zh":"测试大厅","en":"Test hall"}}}');
INSERT INTO events VALUES('test',2,'',1,1795367690227,'manager:configuration','area_defined','{"type":"area_defined","area":{"id":"A","name":{"zh":"名","en":"Name"}}}');
INSERT INTO events VALUES('test',3,'',1,1795367690227,'manager:configuration','service_defined','{"type":"service_defined","service":{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"}}');
INSERT INTO events VALUES('test',4,'',1,1795367690227,'manager:configuration','service_defined','{"type":"service_defined","service":{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}}');
INSERT INTO events VALUES('test',5,'',1,1795367690227,'manager:configuration','profile_defined','{"type":"profile_defined","profile":{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}}');
INSERT INTO events VALUES('test',6,'',1,1795367690234,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',7,'',1,1795367690234,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',8,'',1,1795367690234,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',9,'',1,1795367690234,'manager:configuration','staff_defined','{"type":"staff_defined","staff":{"id":"s1","name":"王芳"}}');
INSERT INTO events VALUES('test',10,'',1,1795367690235,'manager:configuration','staff_defined','{"type":"staff_defined","staff":{"id":"s2","name":"李强","rights":["manage"]}}');
INSERT INTO events VALUES('test',11,'2026-03-02',1,1795367690651,'manager:704b629b','day_opened','{"type":"day_opened","day":"2026-03-02","catalogue":{"settings":{"name":{"zh":"测试大厅","en":"Test hall"}},"areas":[{"id":"A","name":{"zh":"名","en":"Name"}}],"services":[{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"},{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}],"counters":[{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}],"staff":[{"id":"s1","name":"王芳"},{"id":"s2","name":"李强","rights":["manage"]}],"profiles":[{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}]}}');
INSERT INTO events VALUES('test',12,'2026-03-02',1,1795367690679,'caller:0b96cbb9','signed_in','{"type":"signed_in","counter":"1","staff":"s1"}');
INSERT INTO events VALUES('test',13,'2026-03-02',1,1795367690687,'kiosk:b430863d','ticket_issued','{"type":"ticket_issued","ticket":"01a20440e1bf71e7a5f64ea5eab8c2eb","number":"B001","prefix":"B","serial":1,"service":"id","person":"fa59e5efe8fc35b5c070b3e314d9be36","holder":"市*"}');
INSERT INTO events VALUES('test',14,'2026-03-02',1,1795367690691,'kiosk:b430863d','ticket_issued','{"type":"ticket_issued","ticket":"01a20440e1c3761888891ee3e18f0cbf","number":"A001","prefix":"A","serial":1,"service":"tax","person":"99f4d196c185bbe9c9bbfc9bcdd5fa13","holder":"市*"}');
INSERT INTO events VALUES('test',15,'2026-03-02',1,1795367690692,'kiosk:b430863d','ticket_issued','{"type":"ticket_issued","ticket":"01a20440e1c47edebcb50f80066b5f29","number":"A002","prefix":"A","serial":2,"service":"tax","ahead":1}');
INSERT INTO events VALUES('test',16,'2026-03-02',1,1795367690707,'caller:0b96cbb9','ticket_called','{"type":"ticket_called","ticket":"01a20440e1bf71e7a5f64ea5eab8c2eb","counter":"1","staff":"s1","service":"id","transaction":"01a20440e1bf71e7a5f64ea5eab8c2eb-1","why":{"rule":"priority_then_arrival","considered":3},"starts":true}');
INSERT INTO events VALUES('test',17,'2026-03-02',1,1795367690719,'caller:0b96cbb9','service_ended','{"type":"service_ended","ticket":"01a20440e1bf71e7a5f64ea5eab8c2eb","counter":"1"}');
INSERT INTO events VALUES('test',18,'2026-03-02',1,1795367690719,'caller:0b96cbb9','rating_requested','{"type":"rating_requested","transaction":"01a20440e1bf71e7a5f64ea5eab8c2eb-1","counter":"1"}');
INSERT INTO events VALUES('test',19,'2026-03-02',1,1795367690723,'caller:0b96cbb9','ticket_called','{"type":"ticket_called","ticket":"01a20440e1c3761888891ee3e18f0cbf","counter":"1","staff":"s1","service":"tax","transaction":"01a20440e1c3761888891ee3e18f0cbf-1","why":{"rule":"priority_then_arrival","considered":2},"starts":true}');
INSERT INTO events VALUES('test',20,'2026-03-02',1,1795367690738,'caller:0b96cbb9','ticket_not_shown','{"type":"ticket_not_shown","ticket":"01a20440e1c3761888891ee3e18f0cbf","counter":"1"}');
INSERT INTO events VALUES('test',21,'2026-03-02',1,1795367690748,'manager:704b629b','ticket_closed','{"type":"ticket_closed","ticket":"01a20440e1c3761888891ee3e18f0cbf","reason":"no_show"}');
INSERT INTO events VALUES('test',22,'2026-03-02',1,1795367690748,'manager:704b629b','ticket_closed','{"type":"ticket_closed","ticket":"01a20440e1c47edebcb50f80066b5f29","reason":"closed_at_day_end"}');
INSERT INTO events VALUES('test',23,'2026-03-02',1,1795367690748,'manager:704b629b','signed_out','{"type":"signed_out","counter":"1","staff":"s1","forced":true}');
INSERT INTO events VALUES('test',24,'2026-03-02',1,1795367690748,'manager:704b629b','day_closed','{"type":"day_closed","day":"2026-03-02"}');
INSERT INTO events VALUES('test',25,'2026-03-03',1,1795367690763,'manager:704b629b','day_opened','{"type":"day_opened","day":"2026-03-03","catalogue":{"settings":{"name":{"zh":"测试大厅","en":"Test hall"}},"areas":[{"id":"A","name":{"zh":"名","en":"Name"}}],"services":[{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"},{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}],"counters":[{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}],"staff":[{"id":"s1","name":"王芳"},{"id":"s2","name":"李强","rights":["manage"]}],"profiles":[{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}]}}');
INSERT INTO events VALUES('test',26,'2026-03-03',1,1795367690772,'caller:0b96cbb9','signed_in','{"type":"signed_in","counter":"1","staff":"s1"}');
INSERT INTO events VALUES('test',27,'2026-03-03',1,1795367690791,'kiosk:b430863d','ticket_issued','{"type":"ticket_issued","ticket":"01a20440e227747098b3fde2eec9d4ce","number":"A001","prefix":"A","serial":1,"service":"tax","person":"3b503480a79d0d169e8e2946a5332cda","holder":"市*"}');
INSERT INTO events VALUES('test',28,'2026-03-03',1,1795367690803,'kiosk:b430863d','ticket_issued','{"type":"ticket_issued","ticket":"01a20440e23378c887fe3ca6aa993574","number":"B001","prefix":"B","serial":1,"service":"id","person":"22ef192698ccb20fcea2d079683aaa29","holder":"市*"}');
INSERT INTO events VALUES('test',29,'2026-03-03',1,1795367690815,'caller:0b96cbb9','ticket_called','{"type":"ticket_called","ticket":"01a20440e227747098b3fde2eec9d4ce","counter":"1","staff":"s1","service":"tax","transaction":"01a20440e227747098b3fde2eec9d4ce-1","why":{"rule":"priority_then_arrival","considered":2},"starts":true}');
CREATE TABLE outbox (hall TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (hall, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE results (id TEXT PRIMARY KEY, fingerprint BLOB NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, result TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO results VALUES('01a20440-dfee-73e1-9773-34358164d40a',X'f3ff6cb54b0922523a20cbb5ca035f8c',1,1795367690226,'{"type":"result","id":"01a20440-dfee-73e1-9773-34358164d40a","seq":1,"done":{}}');
INSERT INTO results VALUES('01a20440-dfef-700c-a319-37d47348aba0',X'f1f72a5310080243a18fc9c4c6ac3ad4',8,1795367690234,'{"type":"result","id":"01a20440-dfef-700c-a319-37d47348aba0","seq":8,"done":{}}');
INSERT INTO results VALUES('01a20440-dfef-72e8-8559-1cfac64a9169',X'7f7ddc3ea5dc7b2be6612d47cc9173e1',3,1795367690227,'{"type":"result","id":"01a20440-dfef-72e8-8559-1cfac64a9169","seq":3,"done":{}}');
INSERT INTO results VALUES('01a20440-dfef-7387-a076-a0534227ec93',X'b2c921c8579b52c1833500f0e06e96ef',5,1795367690227,'{"type":"result","id":"01a20440-dfef-7387-a076-a0534227ec93","seq":5,"done":{}}');
INSERT INTO results VALUES('01a20440-dfef-7428-b369-e7cb180b8177',X'd952318b4fb7df887f677e01dcd987de',9,1795367690234,'{"type":"result","id":"01a20440-dfef-7428-b369-e7cb180b8177","seq":9,"done":{}}');
INSERT INTO results VALUES('01a20440-dfef-7506-aea7-6349684124b6',X'323cb77289a584a18901aa231f401c63',6,1795367690234,'{"type":"result","id":"01a20440-dfef-7506-aea7-6349684124b6","seq":6,"done":{}}');
INSERT INTO results VALUES('01a20440-dfef-7858-9506-2a0988914f21',X'2eee8424aac09118200878a363c0d68a',2,1795367690227,'{"type":"result","id":"01a20440-dfef-7858-9506-2a0988914f21","seq":2,"done":{}}');
INSERT INTO results VALUES('01a20440-dfef-79ab-ab27-2f8b71a7a2fa',X'5b7f07d1061440c23c44f58a4889fcba',4,1795367690227,'{"type":"result","id":"01a20440-dfef-79ab-ab27-2f8b71a7a2fa","seq":4,"done":{}}');
INSERT INTO results VALUES('01a20440-dfef-7c13-8ff4-786357f67b83',X'b48658ad36250e30a316fd9df630ed19',7,1795367690234,'{"type":"result","id":"01a20440-dfef-7c13-8ff4-786357f67b83","seq":7,"done":{}}');
INSERT INTO results VALUES('01a20440-dfef-7d2d-99f8-dfae256473c4',X'873f36758257935fa33034f291b22326',10,1795367690235,'{"type":"result","id":"01a20440-dfef-7d2d-99f8-dfae256473c4","seq":10,"done":{}}');
INSERT INTO results VALUES('01a20440-e196-7dac-990b-d38ecf8b4e90',X'1aa15fd1e56c901fda306b8bb2be058b',11,1795367690651,'{"type":"result","id":"01a20440-e196-7dac-990b-d38ecf8b4e90","seq":11,"done":{}}');
INSERT INTO results VALUES('01a20440-e1b6-7f92-93aa-e0340859b860',X'77ad29b01350393227ddf2c158243807',12,1795367690679,'{"type":"result","id":"01a20440-e1b6-7f92-93aa-e0340859b860","seq":12,"done":{}}');
INSERT INTO results VALUES('01a20440-e1bf-7df8-a217-73d239f9f7ca',X'593640cd5e8aceaaadf4d901919bb998',13,1795367690687,'{"type":"result","id":"01a20440-e1bf-7df8-a217-73d239f9f7ca","seq":13,"done":{"ticket":"01a20440e1bf71e7a5f64ea5eab8c2eb","number":"B001","service":"id","ahead":0,"priority":0,"priority_reason":"","issued_at":1795367690687}}');
INSERT INTO results VALUES('01a20440-e1c3-7fac-846b-c98200f07dc1',X'3b5fd84cb7cfea689349e7976556d613',14,1795367690691,'{"type":"result","id":"01a20440-e1c3-7fac-846b-c98200f07dc1","seq":14,"done":{"ticket":"01a20440e1c3761888891ee3e18f0cbf","number":"A001","service":"tax","ahead":0,"priority":0,"priority_reason":"","issued_at":1795367690691}}');
INSERT INTO results VALUES('01a20440-e1c4-7b39-aff1-7508c82ea322',X'105206ddf7c80c52b22dbfee43992204',15,1795367690692,'{"type":"result","id":"01a20440-e1c4-7b39-aff1-7508c82ea322","seq":15,"done":{"ticket":"01a20440e1c47edebcb50f80066b5f29","number":"A002","service":"tax","ahead":1,"priority":0,"priority_reason":"","issued_at":1795367690692}}');
INSERT INTO results VALUES('01a20440-e1d3-7d71-871f-9ec57ecf46fe',X'49b82301b0ad7445bee3a74cdc7e838c',16,1795367690707,'{"type":"result","id":"01a20440-e1d3-7d71-871f-9ec57ecf46fe","seq":16,"done":{"ticket":"01a20440e1bf71e7a5f64ea5eab8c2eb","number":"B001","service":"id","counter":"1","transaction":"01a20440e1bf71e7a5f64ea5eab8c2eb-1","issued_at":1795367690687,"why":{"rule":"priority_then_arrival","considered":3}}}');
INSERT INTO results VALUES('01a20440-e1de-74bf-8b9f-9c794ee9f0dc',X'70b22a8ec61d258451d91378597f17e8',18,1795367690719,'{"type":"result","id":"01a20440-e1de-74bf-8b9f-9c794ee9f0dc","seq":18,"done":{"ticket":"01a20440e1bf71e7a5f64ea5eab8c2eb","number":"B001","service":"id"}}');
INSERT INTO results VALUES('01a20440-e1e3-7c86-b6e7-d7fce585cb06',X'49b82301b0ad7445bee3a74cdc7e838c',19,1795367690723,'{"type":"result","id":"01a20440-e1e3-7c86-b6e7-d7fce585cb06","seq":19,"done":{"ticket":"01a20440e1c3761888891ee3e18f0cbf","number":"A001","service":"tax","counter":"1","transaction":"01a20440e1c3761888891ee3e18f0cbf-1","issued_at":1795367690691,"why":{"rule":"priority_then_arrival","considered":2}}}');
INSERT INTO results VALUES('01a20440-e1ef-7884-a831-90bb77d17e7d',X'c11f4e3c323a32d627767e38a5118ece',20,1795367690738,'{"type":"result","id":"01a20440-e1ef-7884-a831-90bb77d17e7d","seq":20,"done":{"ticket":"01a20440e1c3761888891ee3e18f0cbf","number":"A001","service":"tax"}}');
INSERT INTO results VALUES('01a20440-e1fb-7f7f-a425-0b6e819aac14',X'520f8e1d25ae29374a3d2d6bd116bd0b',24,1795367690748,'{"type":"result","id":"01a20440-e1fb-7f7f-a425-0b6e819aac14","seq":24,"done":{"ticket":"01a20440e1c3761888891ee3e18f0cbf","number":"A001","service":"tax"}}');
INSERT INTO results VALUES('01a20440-e20a-7f69-83d8-efb41350035a',X'c330734a14f66ff0da90f1ec0fcb2b5b',25,1795367690763,'{"type":"result","id":"01a20440-e20a-7f69-83d8-efb41350035a","seq":25,"done":{}}');
INSERT INTO results VALUES('01a20440-e213-751e-bc2d-77fcd6b4a2a3',X'77ad29b01350393227ddf2c158243807',26,1795367690772,'{"type":"result","id":"01a20440-e213-751e-bc2d-77fcd6b4a2a3","seq":26,"done":{}}');
INSERT INTO results VALUES('01a20440-e226-7ba9-964d-2730fad613c5',X'1398ecfdbf1b92d66d290206df32e59f',27,1795367690791,'{"type":"result","id":"01a20440-e226-7ba9-964d-2730fad613c5","seq":27,"done":{"ticket":"01a20440e227747098b3fde2eec9d4ce","number":"A001","service":"tax","ahead":0,"priority":0,"priority_reason":"","issued_at":1795367690791}}');
INSERT INTO results VALUES('01a20440-e233-7d40-b110-97b6dd645b2d',X'59a38e28572116f917a201946d890c0a',28,1795367690803,'{"type":"result","id":"01a20440-e233-7d40-b110-97b6dd645b2d","seq":28,"done":{"ticket":"01a20440e23378c887fe3ca6aa993574","number":"B001","service":"id","ahead":0,"priority":0,"priority_reason":"","issued_at":1795367690803}}');
INSERT INTO results VALUES('01a20440-e23e-76c9-8ca3-a3b6717469ed',X'49b82301b0ad7445bee3a74cdc7e838c',29,1795367690815,'{"type":"result","id":"01a20440-e23e-76c9-8ca3-a3b6717469ed","seq":29,"done":{"ticket":"01a20440e227747098b3fde2eec9d4ce","number":"A001","service":"tax","counter":"1","transaction":"01a20440e227747098b3fde2eec9d4ce-1","issued_at":1795367690791,"why":{"rule":"priority_then_arrival","considered":2}}}');
CREATE TABLE IF NOT EXISTS "tickets" (
   "id" TEXT PRIMARY KEY,
   "day" TEXT NOT NULL,
   "number" TEXT NOT NULL,
   "prefix" TEXT NOT NULL,
   "serial" INTEGER NOT NULL,
   "service" TEXT NOT NULL,
   "issued_at" INTEGER NOT NULL,
   "priority" INTEGER,
   "priority_reason" TEXT,
   "person" TEXT,
   "holder" TEXT,
   "helper" INTEGER,
   "walk_in" INTEGER,
   "state" TEXT NOT NULL,
   "counter" TEXT,
   "steps" INTEGER,
   "returns" INTEGER,
   "ended_at" INTEGER,
   "end_reason" TEXT
) STRICT;
INSERT INTO tickets VALUES('01a20440e1bf71e7a5f64ea5eab8c2eb','2026-03-02','B001','B',1,'id',1795367690687,0,'','fa59e5efe8fc35b5c070b3e314d9be36','市*',0,0,'ended','1',1,0,1795367690719,'served');
INSERT INTO tickets VALUES('01a20440e1c3761888891ee3e18f0cbf','2026-03-02','A001','A',1,'tax',1795367690691,0,'','99f4d196c185bbe9c9bbfc9bcdd5fa13','市*',0,0,'ended','1',1,0,1795367690748,'no_show');
INSERT INTO tickets VALUES('01a20440e1c47edebcb50f80066b5f29','2026-03-02','A002','A',2,'tax',1795367690692,0,'',NULL,'',0,0,'ended',NULL,0,0,1795367690748,'closed_at_day_end');
INSERT INTO tickets VALUES('01a20440e227747098b3fde2eec9d4ce','2026-03-03','A001','A',1,'tax',1795367690791,0,'','3b503480a79d0d169e8e2946a5332cda','市*',0,0,'serving','1',1,0,NULL,NULL);
INSERT INTO tickets VALUES('01a20440e23378c887fe3ca6aa993574','2026-03-03','B001','B',1,'id',1795367690803,0,'','22ef192698ccb20fcea2d079683aaa29','市*',0,0,'waiting',NULL,0,0,NULL,NULL);
CREATE TABLE IF NOT EXISTS "transactions" (
   "id" TEXT PRIMARY KEY,
   "day" TEXT NOT NULL,
   "ticket" TEXT NOT NULL,
   "number" TEXT,
   "step" INTEGER NOT NULL,
   "service" TEXT,
   "counter" TEXT NOT NULL,
   "staff" TEXT NOT NULL,
   "called_at" INTEGER NOT NULL,
   "why" TEXT NOT NULL,
   "started_at" INTEGER,
   "ended_at" INTEGER,
   "reason" TEXT,
   "held" INTEGER NOT NULL,
   "recalls" INTEGER,
   "rating" TEXT,
   "rating_at" INTEGER,
   "level" INTEGER,
   "reasons" TEXT
) STRICT;
INSERT INTO transactions VALUES('01a20440e1bf71e7a5f64ea5eab8c2eb-1','2026-03-02','01a20440e1bf71e7a5f64ea5eab8c2eb','B001',1,'id','1','s1',1795367690707,'{"rule":"priority_then_arrival","considered":3}',1795367690707,1795367690719,'served',0,0,'asked',1795367690719,NULL,'');
INSERT INTO transactions VALUES('01a20440e1c3761888891ee3e18f0cbf-1','2026-03-02','01a20440e1c3761888891ee3e18f0cbf','A001',1,'tax','1','s1',1795367690723,'{"rule":"priority_then_arrival","considered":2}',1795367690723,1795367690738,'no_show',0,0,'none',NULL,NULL,'');
INSERT INTO transactions VALUES('01a20440e227747098b3fde2eec9d4ce-1','2026-03-03','01a20440e227747098b3fde2eec9d4ce','A001',1,'tax','1','s1',1795367690815,'{"rule":"priority_then_arrival","considered":2}',1795367690815,NULL,NULL,0,0,'none',NULL,NULL,'');
CREATE TABLE personal (subject TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, nonce BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (subject, kind)) STRICT, WITHOUT ROWID;
INSERT INTO personal VALUES('01a20440e1bf71e7a5f64ea5eab8c2eb','holder','2026-03-02',X'd0b896e16a802a9759e3ceb7',X'26fa717ac1821d8a5d2d6b8a7b9f8bbac8574fceb6990c6bea37a348c17d285fd7d5793fd0dab48ca4adb961874151b1663a37616f6ac504b60780aaaaa13167');
INSERT INTO personal VALUES('01a20440e1c3761888891ee3e18f0cbf','holder','2026-03-02',X'74ba9b240788bc51c0d8c659',X'32798af84359727f06fe00d53633c911eec8fed868431595bf04b06c63261eeee1b42f42c2ccb06c16d20dd07b57aa10c9fdb9bf9858f4927b63ef7eaefe44ae');
INSERT INTO personal VALUES('01a20440e227747098b3fde2eec9d4ce','holder','2026-03-03',X'ec8b2e669f226cb5fecebca0',X'b5a30d507b2a6d06bd1eaebbbf73e870a4e9a2c97edef0fdc5dc7f6ee8e57c5cf6eecfcc68123abbae11f6f21212724b7dfa36681ddd05f9c62cbb20d32c1c08');
INSERT INTO personal VALUES('01a20440e23378c887fe3ca6aa993574','holder','2026-03-03',X'62a46b60b4a06343e9aacf00',X'c2eb8f8ff063d9889a8647e5e8446b76940e271f69c413bab58f36c64e2505db06383379eff3f763a22c10d379171b996260a98747e20436eb75cdbf3aa0c9b3');
CREATE INDEX events_days ON events (seq) WHERE type = 'day_opened';
CREATE UNIQUE INDEX "idx_tickets_day_number"
    ON "tickets" ("day", "number");
CREATE UNIQUE INDEX "idx_transactions_ticket_step"
    ON "transactions" ("ticket", "step");
CREATE INDEX "idx_transactions_day"
    ON "transactions" ("day");
CREATE UNIQUE INDEX one_counter_a_ticket ON transactions (ticket) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_ticket_a_counter ON transactions (counter) WHERE ended_at IS NULL AND held = 0;
CREATE INDEX personal_days ON personal (day);
COMMIT;
PRAGMA user_version=1;
