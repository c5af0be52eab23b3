-- personal.key: 60250bb2a83bf6bc152ee076e403a6eee89625159740d7444cdd14662773a7b6
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "meta" (
   "name" TEXT PRIMARY KEY,
   "value" TEXT
) STRICT;
INSERT INTO meta VALUES('hall','test');
INSERT INTO meta VALUES('key','5c2d9433c394bebeb71e9e1ca620e96d');
INSERT INTO meta VALUES('epoch','1');
CREATE TABLE events (hall TEXT NOT NULL, seq INTEGER NOT NULL, day TEXT NOT NULL, epoch INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (hall, seq)) STRICT, WITHOUT ROWID;
INSERT INTO events VALUES('test',1,'',1,1795367681871,'manager:configuration','hall_defined','{"type":"hall_defined","settings":{"name":{"zh":"测试大厅","en":"Test hall"}}}');
INSERT INTO events VALUES('test',2,'',1,1795367681871,'manager:configuration','area_defined','{"type":"area_defined","area":{"id":"A","name":{"zh":"名","en":"Name"}}}');
INSERT INTO events VALUES('test',3,'',1,1795367681874,'manager:configuration','service_defined','{"type":"service_defined","service":{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"}}');
INSERT INTO events VALUES('test',4,'',1,1795367681874,'manager:configuration','service_defined','{"type":"service_defined","service":{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}}');
INSERT INTO events VALUES('test',5,'',1,1795367681874,'manager:configuration','profile_defined','{"type":"profile_defined","profile":{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}}');
INSERT INTO events VALUES('test',6,'',1,1795367681874,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',7,'',1,1795367681874,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',8,'',1,1795367681874,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',9,'',1,1795367681874,'manager:configuration','staff_defined','{"type":"staff_defined","staff":{"id":"s1","name":"王芳"}}');
INSERT INTO events VALUES('test',10,'',1,1795367681874,'manager:configuration','staff_defined','{"type":"staff_defined","staff":{"id":"s2","name":"李强","rights":["manage"]}}');
INSERT INTO events VALUES('test',11,'2026-03-02',1,1795367682170,'manager:726996c3','day_opened','{"type":"day_opened","day":"2026-03-02","catalogue":{"settings":{"name":{"zh":"测试大厅","en":"Test hall"}},"areas":[{"id":"A","name":{"zh":"名","en":"Name"}}],"services":[{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"},{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}],"counters":[{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}],"staff":[{"id":"s1","name":"王芳"},{"id":"s2","name":"李强","rights":["manage"]}],"profiles":[{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}]}}');
INSERT INTO events VALUES('test',12,'2026-03-02',1,1795367682182,'caller:4afa7edf','signed_in','{"type":"signed_in","counter":"1","staff":"s1"}');
INSERT INTO events VALUES('test',13,'2026-03-02',1,1795367682187,'kiosk:a574e50c','ticket_issued','{"type":"ticket_issued","ticket":"01a20440c08b7a71b63c690da53dd239","number":"B001","prefix":"B","serial":1,"service":"id","person":"7809404460f418d3c3bd70fa77ee3bb6","holder":"市*"}');
INSERT INTO events VALUES('test',14,'2026-03-02',1,1795367682199,'kiosk:a574e50c','ticket_issued','{"type":"ticket_issued","ticket":"01a20440c0977dbea539ea5da4c48a3e","number":"A001","prefix":"A","serial":1,"service":"tax","person":"c37ca64508f76b2f5f4d9172e5ed16ad","holder":"市*"}');
INSERT INTO events VALUES('test',15,'2026-03-02',1,1795367682209,'kiosk:a574e50c','ticket_issued','{"type":"ticket_issued","ticket":"01a20440c0a176e7a817ba5d6a06912c","number":"A002","prefix":"A","serial":2,"service":"tax","ahead":1}');
INSERT INTO events VALUES('test',16,'2026-03-02',1,1795367682215,'caller:4afa7edf','ticket_called','{"type":"ticket_called","ticket":"01a20440c08b7a71b63c690da53dd239","counter":"1","staff":"s1","service":"id","transaction":"01a20440c08b7a71b63c690da53dd239-1","why":{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"普通号","en":"ordinary"}},"starts":true}');
INSERT INTO events VALUES('test',17,'2026-03-02',1,1795367682227,'caller:4afa7edf','service_ended','{"type":"service_ended","ticket":"01a20440c08b7a71b63c690da53dd239","counter":"1"}');
INSERT INTO events VALUES('test',18,'2026-03-02',1,1795367682227,'caller:4afa7edf','rating_requested','{"type":"rating_requested","transaction":"01a20440c08b7a71b63c690da53dd239-1","counter":"1"}');
INSERT INTO events VALUES('test',19,'2026-03-02',1,1795367682236,'caller:4afa7edf','ticket_called','{"type":"ticket_called","ticket":"01a20440c0977dbea539ea5da4c48a3e","counter":"1","staff":"s1","service":"tax","transaction":"01a20440c0977dbea539ea5da4c48a3e-1","why":{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}},"starts":true}');
INSERT INTO events VALUES('test',20,'2026-03-02',1,1795367682250,'caller:4afa7edf','ticket_not_shown','{"type":"ticket_not_shown","ticket":"01a20440c0977dbea539ea5da4c48a3e","counter":"1"}');
INSERT INTO events VALUES('test',21,'2026-03-02',1,1795367682257,'manager:726996c3','ticket_closed','{"type":"ticket_closed","ticket":"01a20440c0977dbea539ea5da4c48a3e","reason":"no_show"}');
INSERT INTO events VALUES('test',22,'2026-03-02',1,1795367682257,'manager:726996c3','ticket_closed','{"type":"ticket_closed","ticket":"01a20440c0a176e7a817ba5d6a06912c","reason":"closed_at_day_end"}');
INSERT INTO events VALUES('test',23,'2026-03-02',1,1795367682257,'manager:726996c3','signed_out','{"type":"signed_out","counter":"1","staff":"s1","forced":true}');
INSERT INTO events VALUES('test',24,'2026-03-02',1,1795367682257,'manager:726996c3','day_closed','{"type":"day_closed","day":"2026-03-02"}');
INSERT INTO events VALUES('test',25,'2026-03-03',1,1795367682266,'manager:726996c3','day_opened','{"type":"day_opened","day":"2026-03-03","catalogue":{"settings":{"name":{"zh":"测试大厅","en":"Test hall"}},"areas":[{"id":"A","name":{"zh":"名","en":"Name"}}],"services":[{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"},{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}],"counters":[{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}],"staff":[{"id":"s1","name":"王芳"},{"id":"s2","name":"李强","rights":["manage"]}],"profiles":[{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}]}}');
INSERT INTO events VALUES('test',26,'2026-03-03',1,1795367682273,'caller:4afa7edf','signed_in','{"type":"signed_in","counter":"1","staff":"s1"}');
INSERT INTO events VALUES('test',27,'2026-03-03',1,1795367682279,'kiosk:a574e50c','ticket_issued','{"type":"ticket_issued","ticket":"01a20440c0e77c64a82f68443851582b","number":"A001","prefix":"A","serial":1,"service":"tax","person":"c443dc1822ba1eb6dccc1e8f35e348a8","holder":"市*"}');
INSERT INTO events VALUES('test',28,'2026-03-03',1,1795367682288,'kiosk:a574e50c','ticket_issued','{"type":"ticket_issued","ticket":"01a20440c0f17f2c9441f9e2a7418a9c","number":"B001","prefix":"B","serial":1,"service":"id","person":"a98abf412180a7a5f487a38f1a26de2d","holder":"市*"}');
INSERT INTO events VALUES('test',29,'2026-03-03',1,1795367682292,'caller:4afa7edf','ticket_called','{"type":"ticket_called","ticket":"01a20440c0e77c64a82f68443851582b","counter":"1","staff":"s1","service":"tax","transaction":"01a20440c0e77c64a82f68443851582b-1","why":{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}},"starts":true}');
CREATE TABLE outbox (hall TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (hall, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE results (id TEXT PRIMARY KEY, fingerprint BLOB NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, result TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO results VALUES('01a20440-bf4f-707c-b4a9-7f7ab4bb4b1f',X'a0b3fbf88466a780f7b76c3e07d59983',3,1795367681874,'{"type":"result","id":"01a20440-bf4f-707c-b4a9-7f7ab4bb4b1f","seq":3,"done":{}}');
INSERT INTO results VALUES('01a20440-bf4f-7235-a8a4-101f4e7dc215',X'1134d369fc31e0e76f1dec55c8d15710',7,1795367681874,'{"type":"result","id":"01a20440-bf4f-7235-a8a4-101f4e7dc215","seq":7,"done":{}}');
INSERT INTO results VALUES('01a20440-bf4f-73b7-9742-7a86327963ed',X'f1dbcf2f2e1880378c2f6345910d90ab',2,1795367681871,'{"type":"result","id":"01a20440-bf4f-73b7-9742-7a86327963ed","seq":2,"done":{}}');
INSERT INTO results VALUES('01a20440-bf4f-760a-8056-51ae9a18fbda',X'fa85f1cec146c9c7c2c7b15e3492f4e3',5,1795367681874,'{"type":"result","id":"01a20440-bf4f-760a-8056-51ae9a18fbda","seq":5,"done":{}}');
INSERT INTO results VALUES('01a20440-bf4f-7640-a31d-31572dc6c998',X'721b8b70c22617777f13e50914f403bb',9,1795367681874,'{"type":"result","id":"01a20440-bf4f-7640-a31d-31572dc6c998","seq":9,"done":{}}');
INSERT INTO results VALUES('01a20440-bf4f-7679-b151-3cd12b529120',X'2036c11ac492e3afe7e644b6eb5ef078',4,1795367681874,'{"type":"result","id":"01a20440-bf4f-7679-b151-3cd12b529120","seq":4,"done":{}}');
INSERT INTO results VALUES('01a20440-bf4f-77f4-98ed-871ddd70337e',X'62ff328ed512ce5c13e497f34a6a6216',1,1795367681871,'{"type":"result","id":"01a20440-bf4f-77f4-98ed-871ddd70337e","seq":1,"done":{}}');
INSERT INTO results VALUES('01a20440-bf4f-7855-94be-9f6a5ce652db',X'bbdbccd1ebf87dfcf622367073e39428',6,1795367681874,'{"type":"result","id":"01a20440-bf4f-7855-94be-9f6a5ce652db","seq":6,"done":{}}');
INSERT INTO results VALUES('01a20440-bf4f-7f95-8964-b002139a26e9',X'3e51b766bcec1499cfc83b1b5c9c5d3d',8,1795367681874,'{"type":"result","id":"01a20440-bf4f-7f95-8964-b002139a26e9","seq":8,"done":{}}');
INSERT INTO results VALUES('01a20440-bf4f-7fd1-b7a4-c011c5711672',X'f0f4502b56e9cfc82f05e5fc73a6adb7',10,1795367681874,'{"type":"result","id":"01a20440-bf4f-7fd1-b7a4-c011c5711672","seq":10,"done":{}}');
INSERT INTO results VALUES('01a20440-c076-731a-b862-a01d77f431b8',X'554e0db90169c706750fea2edf795aef',11,1795367682170,'{"type":"result","id":"01a20440-c076-731a-b862-a01d77f431b8","seq":11,"done":{}}');
INSERT INTO results VALUES('01a20440-c085-727c-8dce-7ea6eb5d9cae',X'8e1f795a1167aedebcf494798ea1fced',12,1795367682182,'{"type":"result","id":"01a20440-c085-727c-8dce-7ea6eb5d9cae","seq":12,"done":{}}');
INSERT INTO results VALUES('01a20440-c08a-783e-9477-0449cf37229e',X'13bfbf333ae27e4c62fa2be5a09a4b74',13,1795367682187,'{"type":"result","id":"01a20440-c08a-783e-9477-0449cf37229e","seq":13,"done":{"ticket":"01a20440c08b7a71b63c690da53dd239","number":"B001","service":"id","ahead":0,"priority":0,"priority_reason":"","issued_at":1795367682187}}');
INSERT INTO results VALUES('01a20440-c097-7bf4-89b8-ee4855b84a78',X'fe4fdf58832856f987a3e71d5e948b54',14,1795367682199,'{"type":"result","id":"01a20440-c097-7bf4-89b8-ee4855b84a78","seq":14,"done":{"ticket":"01a20440c0977dbea539ea5da4c48a3e","number":"A001","service":"tax","ahead":0,"priority":0,"priority_reason":"","issued_at":1795367682199}}');
INSERT INTO results VALUES('01a20440-c0a0-78ee-bbd3-30da8c194b49',X'8f8b5bade3c3283f9f1ead56536d9730',15,1795367682209,'{"type":"result","id":"01a20440-c0a0-78ee-bbd3-30da8c194b49","seq":15,"done":{"ticket":"01a20440c0a176e7a817ba5d6a06912c","number":"A002","service":"tax","ahead":1,"priority":0,"priority_reason":"","issued_at":1795367682209}}');
INSERT INTO results VALUES('01a20440-c0a6-7fa2-8812-3b3997e207f9',X'b42ba7371302f12dedcdffa244fc6d95',16,1795367682215,'{"type":"result","id":"01a20440-c0a6-7fa2-8812-3b3997e207f9","seq":16,"done":{"ticket":"01a20440c08b7a71b63c690da53dd239","number":"B001","service":"id","counter":"1","transaction":"01a20440c08b7a71b63c690da53dd239-1","issued_at":1795367682187,"why":{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}}}');
INSERT INTO results VALUES('01a20440-c0b2-78c4-b6f4-e2af62b08169',X'd459661ddfd41833ce753f8ed14566d5',18,1795367682227,'{"type":"result","id":"01a20440-c0b2-78c4-b6f4-e2af62b08169","seq":18,"done":{"ticket":"01a20440c08b7a71b63c690da53dd239","number":"B001","service":"id"}}');
INSERT INTO results VALUES('01a20440-c0ba-7e97-ad69-7eb41a2825f7',X'b42ba7371302f12dedcdffa244fc6d95',19,1795367682236,'{"type":"result","id":"01a20440-c0ba-7e97-ad69-7eb41a2825f7","seq":19,"done":{"ticket":"01a20440c0977dbea539ea5da4c48a3e","number":"A001","service":"tax","counter":"1","transaction":"01a20440c0977dbea539ea5da4c48a3e-1","issued_at":1795367682199,"why":{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}}}');
INSERT INTO results VALUES('01a20440-c0c8-78a6-8088-5580d24368af',X'57bf6978114a42ecad58a681e3625fda',20,1795367682250,'{"type":"result","id":"01a20440-c0c8-78a6-8088-5580d24368af","seq":20,"done":{"ticket":"01a20440c0977dbea539ea5da4c48a3e","number":"A001","service":"tax"}}');
INSERT INTO results VALUES('01a20440-c0d0-7b7c-9ae2-72b8ba4b2ac4',X'60b3017861ec0f68c893f75514f7a853',24,1795367682257,'{"type":"result","id":"01a20440-c0d0-7b7c-9ae2-72b8ba4b2ac4","seq":24,"done":{"ticket":"01a20440c0977dbea539ea5da4c48a3e","number":"A001","service":"tax"}}');
INSERT INTO results VALUES('01a20440-c0d8-7c84-8adb-691bb7b538c8',X'3aa1b5b7da34859d1cbfffceb3e9188e',25,1795367682266,'{"type":"result","id":"01a20440-c0d8-7c84-8adb-691bb7b538c8","seq":25,"done":{}}');
INSERT INTO results VALUES('01a20440-c0e0-7445-9c28-095816ace899',X'8e1f795a1167aedebcf494798ea1fced',26,1795367682273,'{"type":"result","id":"01a20440-c0e0-7445-9c28-095816ace899","seq":26,"done":{}}');
INSERT INTO results VALUES('01a20440-c0e7-7d47-8cd6-0ac1861419b2',X'23204fa5d01fcbeb03f3f1da1f4c93b5',27,1795367682279,'{"type":"result","id":"01a20440-c0e7-7d47-8cd6-0ac1861419b2","seq":27,"done":{"ticket":"01a20440c0e77c64a82f68443851582b","number":"A001","service":"tax","ahead":0,"priority":0,"priority_reason":"","issued_at":1795367682279}}');
INSERT INTO results VALUES('01a20440-c0ee-7ac3-9d9c-059222e7926e',X'99aab359e4d14d0252421c6afb0f4179',28,1795367682288,'{"type":"result","id":"01a20440-c0ee-7ac3-9d9c-059222e7926e","seq":28,"done":{"ticket":"01a20440c0f17f2c9441f9e2a7418a9c","number":"B001","service":"id","ahead":0,"priority":0,"priority_reason":"","issued_at":1795367682288}}');
INSERT INTO results VALUES('01a20440-c0f4-79bd-9a44-ae204c083084',X'b42ba7371302f12dedcdffa244fc6d95',29,1795367682292,'{"type":"result","id":"01a20440-c0f4-79bd-9a44-ae204c083084","seq":29,"done":{"ticket":"01a20440c0e77c64a82f68443851582b","number":"A001","service":"tax","counter":"1","transaction":"01a20440c0e77c64a82f68443851582b-1","issued_at":1795367682279,"why":{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}}}');
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
INSERT INTO tickets VALUES('01a20440c08b7a71b63c690da53dd239','2026-03-02','B001','B',1,'id',1795367682187,0,'','7809404460f418d3c3bd70fa77ee3bb6','市*',0,0,'ended','1',1,0,1795367682227,'served');
INSERT INTO tickets VALUES('01a20440c0977dbea539ea5da4c48a3e','2026-03-02','A001','A',1,'tax',1795367682199,0,'','c37ca64508f76b2f5f4d9172e5ed16ad','市*',0,0,'ended','1',1,0,1795367682257,'no_show');
INSERT INTO tickets VALUES('01a20440c0a176e7a817ba5d6a06912c','2026-03-02','A002','A',2,'tax',1795367682209,0,'',NULL,'',0,0,'ended',NULL,0,0,1795367682257,'closed_at_day_end');
INSERT INTO tickets VALUES('01a20440c0e77c64a82f68443851582b','2026-03-03','A001','A',1,'tax',1795367682279,0,'','c443dc1822ba1eb6dccc1e8f35e348a8','市*',0,0,'serving','1',1,0,NULL,NULL);
INSERT INTO tickets VALUES('01a20440c0f17f2c9441f9e2a7418a9c','2026-03-03','B001','B',1,'id',1795367682288,0,'','a98abf412180a7a5f487a38f1a26de2d','市*',0,0,'waiting',NULL,0,0,NULL,NULL);
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
INSERT INTO transactions VALUES('01a20440c08b7a71b63c690da53dd239-1','2026-03-02','01a20440c08b7a71b63c690da53dd239','B001',1,'id','1','s1',1795367682215,'{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}',1795367682215,1795367682227,'served',0,0,'asked',1795367682227,NULL,'');
INSERT INTO transactions VALUES('01a20440c0977dbea539ea5da4c48a3e-1','2026-03-02','01a20440c0977dbea539ea5da4c48a3e','A001',1,'tax','1','s1',1795367682236,'{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}',1795367682236,1795367682250,'no_show',0,0,'none',NULL,NULL,'');
INSERT INTO transactions VALUES('01a20440c0e77c64a82f68443851582b-1','2026-03-03','01a20440c0e77c64a82f68443851582b','A001',1,'tax','1','s1',1795367682292,'{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}',1795367682292,NULL,NULL,0,0,'none',NULL,NULL,'');
CREATE TABLE personal (subject TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, nonce BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (subject, kind)) STRICT, WITHOUT ROWID;
INSERT INTO personal VALUES('01a20440c08b7a71b63c690da53dd239','holder','2026-03-02',X'cf5725e3fb095692d705f3ed',X'7d0dc2e100d6c3df6fb92849f3328115f53cce85a0ce4332f8c2630455621eb555789638faa6dec424b242b346b5d9fa4f05dd7ac47f70a46f54d7a80eacd8cd');
INSERT INTO personal VALUES('01a20440c0977dbea539ea5da4c48a3e','holder','2026-03-02',X'6cce3b6f707c49e46a1775dd',X'c1185656387ba31d2648a2bc8727481c9d526948b631230467a6b7a062e675e653fd3c75b90927918ca1041e569e34d2bbad28b79450bcd55ef2418e5a9ba814');
INSERT INTO personal VALUES('01a20440c0e77c64a82f68443851582b','holder','2026-03-03',X'8d765082bbfd56e4dcce6af3',X'cfec7b9e13eaf1863a5b9fc8af403eaeab123b22f6916bac6272ae16b065370a49e347e05080494abf0bf066bd47d61169eb754c97063ce7783ddbc452c697a1');
INSERT INTO personal VALUES('01a20440c0f17f2c9441f9e2a7418a9c','holder','2026-03-03',X'f97246a840c0639397a41e0e',X'c042d8769094daa3ce6558316100599b7e619fa1c74b520d86a3ef5e3cc87bb6f023f4a2eea2fa3d060561de411a739620faa5b7ac3a1c098ba5b8964577702a');
CREATE TABLE IF NOT EXISTS "identity_reads" (
   "at" INTEGER NOT NULL,
   "day" TEXT NOT NULL,
   "program" TEXT NOT NULL,
   "counter" TEXT,
   "staff" TEXT,
   "ticket" TEXT NOT NULL
) STRICT;
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
CREATE INDEX "idx_identity_reads_ticket"
    ON "identity_reads" ("ticket");
COMMIT;
PRAGMA user_version=2;
